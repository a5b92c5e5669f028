//! Lines that belong to other lines.

/// The top of each line's tree, itself for a line that stands alone. The
/// parents must be free of rings.
pub(crate) fn roots(parents: &[Option<usize>]) -> Vec<usize> {
    let mut roots: Vec<Option<usize>> = vec![None; parents.len()];
    for start in 0..parents.len() {
        let mut path = Vec::new();
        let mut at = start;
        let root = loop {
            if let Some(root) = roots.get(at).copied().flatten() {
                break root;
            }
            path.push(at);
            match parents.get(at).copied().flatten() {
                Some(parent) => at = parent,
                None => break at,
            }
        };
        for at in path {
            if let Some(slot) = roots.get_mut(at) {
                *slot = Some(root);
            }
        }
    }
    roots.into_iter().enumerate().map(|(at, root)| root.unwrap_or(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_roots() {
        assert_eq!(roots(&[None, Some(0), Some(3), Some(0), None]), [0, 0, 0, 0, 4]);
        let long: Vec<_> = (0..100_000_usize).map(|at| (at + 1 < 100_000).then_some(at + 1)).collect();
        assert!(roots(&long).iter().all(|root| *root == 99_999));
    }
}
