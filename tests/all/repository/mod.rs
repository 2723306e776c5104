//! What holds of the code of this repository.

mod rooms;
