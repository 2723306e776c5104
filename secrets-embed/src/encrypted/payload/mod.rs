//! What a ciphertext decrypts to: the payload, from its first byte to the tables of a module.
//!
//! [`binding`] reads what stands before the values, and refuses a payload that was made for another module;
//! [`reader`] hands out bytes, numbers and strings; [`decode`] has how each type of value is read, and
//! [`table`] how a table is. Generated code implements [`table::Payload`] for its structs, and nothing here knows what
//! a key is called.
//!
//! `secrets-build` writes what is read here, in `write/payload`; `ENCRYPTED.md` has the format.

pub(crate) mod binding;
pub(crate) mod decode;
pub(crate) mod reader;
pub(crate) mod table;
