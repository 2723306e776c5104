//! What the writer and the reader of a sealed file have in common.

use hmac_sha256::Hash;

use crate::{
    model::shape::TableType,
    secrets::{Profile, ProfileCount},
};

/// The version of the format.
pub(super) const VERSION: i64 = 2;

/// The first line's key, which the checksum is not of.
pub(super) const CHECKSUM: &str = "checksum = ";

/// The checksum of a text. Line ends may be those of Windows, as git writes them there.
pub(super) fn checksum(text: &str) -> String {
    let mut hash = Hash::new();
    let own = text.lines().position(|line| line.starts_with(CHECKSUM));
    let lines = text.lines().enumerate();
    for (_, line) in lines.filter(|(index, _)| Some(*index) != own) {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

/// What a sealed file has.
pub(super) struct Sealed {
    /// The package that it is for.
    pub(super) package: String,
    pub(super) shape: TableType,
    pub(super) plain: TableType,
    pub(super) profile_count: ProfileCount,
    pub(super) profiles: Vec<Profile>,
}
