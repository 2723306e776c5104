//! All tests that drive cargo, in one program.

mod face;
