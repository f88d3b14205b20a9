"""What vouches for every byte of an edition: checksums, and the signatures of a person or house."""
