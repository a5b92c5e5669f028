//! The colour space sRGB as an ICC profile.

/// Gamma, scale, offset, scale of the linear piece, where it ends: IEC 61966-2-1.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045];
/// Red, green and blue as ICC has them: seen under D50, by Bradford's way.
const PRIMARIES: [[f64; 3]; 3] =
    [[0.43607, 0.22249, 0.01392], [0.38515, 0.71687, 0.09708], [0.14307, 0.06061, 0.71410]];
const D50: [f64; 3] = [0.9642, 1.0, 0.8249];
/// Bradford's matrix from D65 to D50.
const ADAPTATION: [[f64; 3]; 3] =
    [[1.04790, 0.02293, -0.05018], [0.02960, 0.99046, -0.01707], [-0.00924, 0.01506, 0.75179]];

/// A profile of version 4.2 with nothing but what the format demands.
pub(super) fn srgb() -> Vec<u8> {
    let curve = block(*b"para", &[&[0, 3, 0, 0], &*numbers(&CURVE)]);
    let [red, green, blue] = PRIMARIES.map(|color| block(*b"XYZ ", &[&numbers(&color)]));
    let tags: [(&[u8; 4], Vec<u8>); 8] = [
        (b"desc", text("sRGB")),
        (b"cprt", text("No copyright, use freely")),
        (b"wtpt", block(*b"XYZ ", &[&numbers(&D50)])),
        (b"chad", block(*b"sf32", &[&numbers(ADAPTATION.as_flattened())])),
        (b"rXYZ", red),
        (b"gXYZ", green),
        (b"bXYZ", blue),
        (b"rTRC", curve),
    ];
    // one curve is enough for three colours
    let names = tags.iter().map(|(name, _)| *name).chain([b"gTRC", b"bTRC"]);
    let count = tags.len() + 2;
    let mut table = u32_of(count).to_vec();
    let mut data = Vec::new();
    let mut place = Vec::new();
    for (n, name) in names.enumerate() {
        if let Some((_, block)) = tags.get(n) {
            place = [u32_of(128 + 4 + 12 * count + data.len()), u32_of(block.len())].concat();
            data.extend(block);
        }
        table.extend([name, &*place].concat());
    }

    let mut profile = vec![0; 128];
    let mut put = |at: usize, bytes: &[u8]| {
        if let Some(place) = profile.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    };
    put(0, &u32_of(128 + table.len() + data.len()));
    put(8, &[4, 0x20, 0, 0]);
    put(12, b"mntrRGB XYZ ");
    // the day that this profile was put together
    put(24, &[0x07, 0xEA, 0, 1, 0, 1]);
    put(36, b"acsp");
    put(68, &numbers(&D50));
    [profile, table, data].concat()
}

/// A tag's content, to a multiple of four bytes.
fn block(kind: [u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let mut block = [kind.as_slice(), &[0; 4], &parts.concat()].concat();
    block.resize(block.len().next_multiple_of(4), 0);
    block
}

/// One text in English.
fn text(text: &str) -> Vec<u8> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let head = [u32_of(1), u32_of(12), *b"enUS", u32_of(wide.len()), u32_of(28)].concat();
    block(*b"mluc", &[&head, &wide])
}

/// With 16 bits behind the point.
fn numbers(values: &[f64]) -> Vec<u8> {
    #[expect(clippy::cast_possible_truncation, reason = "constants between -1 and 3")]
    values.iter().flat_map(|value| ((value * 65536.0).round() as i32).to_be_bytes()).collect()
}

fn u32_of(value: usize) -> [u8; 4] {
    u32::try_from(value).expect("a profile has a few hundred bytes").to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Matrix = [[f64; 3]; 3];

    fn times(a: Matrix, b: [f64; 3]) -> [f64; 3] {
        a.map(|row| row.iter().zip(b).map(|(a, b)| a * b).sum())
    }

    /// By Cramer's rule.
    fn solved(a: Matrix, b: [f64; 3]) -> [f64; 3] {
        let det = |m: Matrix| -> f64 {
            (0..3)
                .map(|i| {
                    m[0][i] * (m[1][(i + 1) % 3] * m[2][(i + 2) % 3] - m[1][(i + 2) % 3] * m[2][(i + 1) % 3])
                })
                .sum()
        };
        std::array::from_fn(|column| {
            let mut with = a;
            for (row, value) in with.iter_mut().zip(b) {
                row[column] = value;
            }
            det(with) / det(a)
        })
    }

    /// From the chromaticities in the standard: x and y of the primaries, and
    /// of the white point D65.
    #[test]
    fn numbers_follow_from_the_standard() {
        let xyz = |[x, y]: [f64; 2]| [x / y, 1.0, (1.0 - x - y) / y];
        let primaries = [[0.64, 0.33], [0.30, 0.60], [0.15, 0.06]].map(xyz);
        let white = xyz([0.3127, 0.3290]);
        let columns: Matrix = std::array::from_fn(|row| primaries.map(|color| color[row]));
        let scales = solved(columns, white);
        let close = |a: [f64; 3], b: [f64; 3]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 2e-4);
        for ((color, scale), known) in primaries.into_iter().zip(scales).zip(PRIMARIES) {
            let seen = times(ADAPTATION, color.map(|part| part * scale));
            assert!(close(seen, known), "{seen:?} {known:?}");
        }
        assert!(close(times(ADAPTATION, white), D50));
    }

    #[test]
    fn tags_lie_in_the_profile() {
        let profile = srgb();
        let number = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(number(0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        assert_eq!(number(128), 10);
        for tag in 0..10 {
            let (at, length) = (number(132 + tag * 12 + 4), number(132 + tag * 12 + 8));
            assert!(at.is_multiple_of(4) && at >= 252 && at + length <= profile.len(), "tag {tag}");
        }
        assert!(profile.len() < 700, "{}", profile.len());
    }
}
