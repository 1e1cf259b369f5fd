"""The numbers that both twins of the copies kernels share, plain and compiled."""

from __future__ import annotations

GRAM = 5  # words in a fingerprint
WINDOW = 4  # of so many fingerprints in a row one is kept: GRAM + WINDOW - 1 = 8 shared words are always seen

DOCUMENT_BITS = 24  # of a fingerprint's 64: which document; the other 40 are the hash
MOST_DOCUMENTS = 1 << DOCUMENT_BITS
DOCUMENT_MASK = MOST_DOCUMENTS - 1

# The hash of a word: code points are mixed in one by one. Odd constants of 64 bits, from the golden ratio and from
# MurmurHash3's finaliser; any others would do.
SEED = 0xCBF29CE484222325
STEP = 0x9E3779B97F4A7C15
MIX = 0xFF51AFD7ED558CCD
FACTORS = (0xD6E8FEB86659FD93, 0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3)

LONGEST_WORD = 60_000  # characters; what is longer is no word, and told up to here, so that a length fits 16 bits

# What kind of character it is.
OTHER, LETTER, MARK, SKIP, UNSPACED = range(5)

# Which documents are looked at.
NEAR = 2  # two texts are one story's where one fingerprint in so many of the shorter's is shared
FEWEST = 4  # shared fingerprints below which two texts are not called one story's
REPRESENTATIVES = 32  # texts that a new one is held against, for each fingerprint
ONE = 1 << 16  # the weight of a fingerprint that only two stories have; a pair needs as much
CROWD = 50  # stories; a fingerprint in more of them says nothing about two of them
ALL_LINKED = 96  # documents; under a fingerprint with more of them, each story is seen through its FIRST ones
FIRST = 8

# How a pair is aligned; costs in hundredths of a word.
WORD = 100
GAP_COST = 12  # for each word between two runs
DRIFT_COST = 25  # for each word by which one side's gap is longer
LONGEST_GAP = 80
LOOKBACK = 48  # runs
OCCURRENCES = 16  # places of a repeated fingerprint that are looked at
CHAINS = 64  # passages of a pair
FEWEST_WORDS = 8  # of a passage
MISSES = 3  # words that may differ at the end of a passage before it goes on
SURE = 3  # words in a row that are believed wherever they stand in a gap
SMALL = 16  # words of a gap, both sides together, in which two in a row are believed

EQUAL, REPLACE, INSERT, DELETE, MOVE = range(5)
