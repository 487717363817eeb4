"""The codebook editor: a draft of the next version, changed by forms, saved as a version with its differences told."""
