//! Lines that belong to other lines.

/// The members of rings. Each line is walked over once or twice.
pub(crate) fn rings(parents: &[Option<usize>]) -> Vec<usize> {
    let parent = |at: usize| parents.get(at).copied().flatten();
    // the walk that came by first, counted from 1
    let mut walks = vec![0_usize; parents.len()];
    let mut rings = Vec::new();
    for start in 0..parents.len() {
        let walk = start + 1;
        let mut next = Some(start);
        while let Some(at) = next
            && let Some(by) = walks.get_mut(at)
            && *by == 0
        {
            *by = walk;
            next = parent(at);
        }
        if let Some(first) = next.filter(|at| walks.get(*at) == Some(&walk)) {
            rings.push(first);
            let members = std::iter::successors(parent(first), |at| parent(*at));
            rings.extend(members.take_while(|at| *at != first));
        }
    }
    rings
}

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
    fn finds_rings_without_what_leads_to_them() {
        assert_eq!(rings(&[None, Some(0), Some(1), Some(1)]), []);
        assert_eq!(rings(&[Some(0), None]), [0]);
        assert_eq!(rings(&[Some(1), Some(2), Some(1), Some(0)]), [1, 2]);
        assert_eq!(rings(&[Some(1), Some(0), Some(3), Some(2)]), [0, 1, 2, 3]);
        let long: Vec<_> = (0..100_000_usize).map(|at| Some((at + 1) % 100_000)).collect();
        assert_eq!(rings(&long).len(), 100_000);
    }

    #[test]
    fn finds_roots() {
        assert_eq!(roots(&[None, Some(0), Some(3), Some(0), None]), [0, 0, 0, 0, 4]);
        let long: Vec<_> = (0..100_000_usize).map(|at| (at + 1 < 100_000).then_some(at + 1)).collect();
        assert!(roots(&long).iter().all(|root| *root == 99_999));
    }
}
