/* The floor under the copies engine: what its first stages would cost at least, in plain C on one core.

   floor LINES TEXTS BOUNDS: JSON lines; the same texts in UTF-8, one behind the other; and, as 64-bit numbers, where
   each begins and the last one ends. Prints each stage with the median of seven runs, in seconds, and a number that
   depends on all its work, so that no compiler leaves it out. All room is taken beforehand and used again.

   Letters beyond ASCII count as letters as they are: no folding, no offsets, no scripts without spaces. */

#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS = 7, GRAM = 5, WINDOW = 4, DOCUMENT_BITS = 24, DIGIT = 10 };

static const uint64_t SEED = 0xCBF29CE484222325u, STEP = 0x9E3779B97F4A7C15u, MIX = 0xFF51AFD7ED558CCDu;
static const uint64_t FACTORS[GRAM] = {
    0xD6E8FEB86659FD93u, 0xA0761D6478BD642Fu, 0xE7037ED1A0B428DBu, 0x8EBC6AF09C88C6E3u, 0x589965CC75374CC3u};

static uint8_t *lines, *texts, *unescaped, plain[256];
static uint64_t *bounds, *grams, *keys, *spare;
static uint32_t *words;
static size_t lines_size, count, *firsts, kept;

static uint64_t mixed(uint64_t state) {
    state = (state ^ (state >> 32)) * MIX;
    return state ^ (state >> 29);
}

/* The texts out of their lines: from the quote behind "text": to the next that no backslash hides. */
static uint64_t unescape(void) {
    uint8_t *to = unescaped;
    const uint8_t *from = lines, *end = lines + lines_size;
    while (from < end) {
        const uint8_t *line_end = memchr(from, '\n', (size_t)(end - from));
        const uint8_t *text = (const uint8_t *)strstr((const char *)from, "\"text\": \"") + 9;
        while (*text != '"') {
            if (*text != '\\') {
                *to++ = *text++;
                continue;
            }
            text++;
            if (*text == 'u') {
                uint32_t point = (uint32_t)strtoul((char[]){(char)text[1], (char)text[2], (char)text[3], (char)text[4], 0}, NULL, 16);
                if (point < 128) {
                    *to++ = (uint8_t)point;
                } else if (point < 2048) {
                    *to++ = (uint8_t)(192 | point >> 6);
                    *to++ = (uint8_t)(128 | (point & 63));
                } else {
                    *to++ = (uint8_t)(224 | point >> 12);
                    *to++ = (uint8_t)(128 | (point >> 6 & 63));
                    *to++ = (uint8_t)(128 | (point & 63));
                }
                text += 5;
            } else {
                *to++ = *text == 'n' ? '\n' : *text == 't' ? '\t' : *text;
                text++;
            }
        }
        from = line_end + 1;
    }
    return (uint64_t)(to - unescaped);
}

static uint64_t touch(void) {
    uint64_t sum = 0;
    size_t size = bounds[count];
    for (size_t place = 0; place < size; place++) sum += texts[place];
    return sum;
}

static uint64_t tokenise(void) {
    size_t token = 0;
    for (size_t document = 0; document < count; document++) {
        firsts[document] = token;
        const uint8_t *at = texts + bounds[document], *end = texts + bounds[document + 1];
        while (at < end) {
            uint8_t letter = plain[*at++];
            if (!letter) continue;
            uint64_t state = SEED;
            do {
                state = (state ^ letter) * STEP;
            } while (at < end && (letter = plain[*at++]));
            words[token++] = (uint32_t)(mixed(state) >> 32);
        }
    }
    firsts[count] = token;
    return token;
}

static uint64_t hash_grams(void) {
    uint64_t sum = 0;
    size_t size = firsts[count] < GRAM ? 0 : firsts[count] - GRAM + 1;
    for (size_t place = 0; place < size; place++) {
        uint64_t total = 0;
        for (int word = 0; word < GRAM; word++) total += words[place + word] * FACTORS[word];
        grams[place] = mixed(total);
        sum ^= grams[place];
    }
    return sum;
}

static uint64_t winnow(void) {
    kept = 0;
    for (size_t document = 0; document < count; document++) {
        int64_t first = (int64_t)firsts[document], size = (int64_t)firsts[document + 1] - first - GRAM + 1, last = -1;
        uint64_t least = 0;
        for (int64_t place = 0; place < size; place++) {
            uint64_t found = grams[first + place] >> DOCUMENT_BITS;
            if (place + 1 < WINDOW && place + 1 < size) continue;
            int64_t low = place + 1 < WINDOW ? 0 : place + 1 - WINDOW;
            if (last >= low && found >= least) continue;
            if (last < low) {
                last = place, least = found;
                for (int64_t before = place - 1; before >= low; before--) {
                    uint64_t other = grams[first + before] >> DOCUMENT_BITS;
                    if (other < least) last = before, least = other;
                }
            } else {
                last = place, least = found;
            }
            spare[kept++] = least << DOCUMENT_BITS | document;
        }
    }
    return kept;
}

/* By the 40 bits of the hash, ten at a time from the lowest: the documents are in order, and stay so. */
static uint64_t sort(void) {
    uint64_t *from = spare, *to = keys;
    for (int shift = DOCUMENT_BITS; shift < 64; shift += DIGIT) {
        size_t places[1 << DIGIT] = {0}, sum = 0;
        for (size_t key = 0; key < kept; key++) places[from[key] >> shift & ((1 << DIGIT) - 1)]++;
        for (int digit = 0; digit < 1 << DIGIT; digit++) {
            size_t size = places[digit];
            places[digit] = sum;
            sum += size;
        }
        for (size_t key = 0; key < kept; key++) to[places[from[key] >> shift & ((1 << DIGIT) - 1)]++] = from[key];
        uint64_t *other = from;
        from = to, to = other;
    }
    if (from != keys) memcpy(keys, from, kept * sizeof *keys);
    return kept ? keys[kept / 2] : 0;
}

static uint64_t scan(void) {
    uint64_t repeats = 0;
    for (size_t key = 1; key < kept; key++) repeats += keys[key] >> DOCUMENT_BITS == keys[key - 1] >> DOCUMENT_BITS;
    return repeats;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int ascending(const void *one, const void *other) {
    double left = *(const double *)one, right = *(const double *)other;
    return (left > right) - (left < right);
}

static void *loaded(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) exit(1);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *made = malloc(*size + 8);
    if (!made || fread(made, 1, *size, file) != *size) exit(1);
    memset(made + *size, 0, 8);
    fclose(file);
    return made;
}

int main(int argc, char **argv) {
    size_t size;
    if (argc != 4) return 2;
    lines = loaded(argv[1], &lines_size);
    texts = loaded(argv[2], &size);
    bounds = loaded(argv[3], &count);
    count = count / sizeof *bounds - 1;
    for (int byte = 0; byte < 256; byte++) {
        int letter = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || byte >= 128;
        plain[byte] = (uint8_t)(byte >= 'A' && byte <= 'Z' ? byte + 32 : letter ? byte : 0);
    }
    size_t room = size / 2 + count + 8;
    unescaped = malloc(lines_size), words = malloc(room * sizeof *words), grams = malloc(room * sizeof *grams);
    keys = malloc(room * sizeof *keys), spare = malloc(room * sizeof *spare);
    firsts = malloc((count + 1) * sizeof *firsts);
    struct {
        const char *name;
        uint64_t (*work)(void);
    } stages[] = {{"unescape", unescape}, {"touch", touch},   {"tokenise", tokenise}, {"grams", hash_grams},
                  {"winnow", winnow},     {"sort", sort},     {"scan", scan}};
    for (size_t stage = 0; stage < sizeof stages / sizeof *stages; stage++) {
        double spent[RUNS];
        uint64_t told = 0;
        for (int run = 0; run < RUNS; run++) {
            double start = now();
            told = stages[stage].work();
            spent[run] = now() - start;
        }
        qsort(spent, RUNS, sizeof *spent, ascending);
        printf("%s %.6f %llu\n", stages[stage].name, spent[RUNS / 2], (unsigned long long)told);
    }
    return 0;
}
