/// Finds the members of rings among lines that point to the line above them.
///
/// `parents` has the position of each line's parent. A line that merely leads
/// to a ring is no member. Takes time in proportion to the number of lines.
///
/// ```
/// use punchout_core::rings;
///
/// assert_eq!(rings(&[Some(1), Some(2), Some(1), None]), [1, 2]);
/// ```
#[must_use]
pub fn rings(parents: &[Option<usize>]) -> Vec<usize> {
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
    rings.sort_unstable();
    rings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_rings_without_what_leads_to_them() {
        assert!(rings(&[None, Some(0), Some(1), Some(1)]).is_empty());
        assert_eq!(rings(&[Some(0), None]), [0]);
        assert_eq!(rings(&[Some(1), Some(2), Some(1), Some(0)]), [1, 2]);
        assert_eq!(rings(&[Some(1), Some(0), Some(3), Some(2)]), [0, 1, 2, 3]);
        let long: Vec<_> = (0..100_000_usize).map(|at| Some((at + 1) % 100_000)).collect();
        assert_eq!(rings(&long).len(), 100_000);
    }
}
