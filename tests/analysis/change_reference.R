# Step-down max-T p-values over all exchanges within pairs, for tests/analysis/change_reference.json:
#   Rscript tests/analysis/change_reference.R > tests/analysis/change_reference.json
# Debian: r-bioc-multtest.
suppressPackageStartupMessages(library(multtest))

before <- rbind(
  risen = c(3, 5, 2, 4, 6, 1, 4, 3, 2),
  fallen = c(7, 4, 6, 5, 3, 6, 5, 8, 4),
  wavers = c(1, 5, 3, 2, 4, 4, 3, 1, 6),
  drifts = c(2, 2, 3, 5, 1, 4, 2, 3, 3))
after <- rbind(
  risen = c(5, 8, 3, 7, 8, 2, 7, 4, 5),
  fallen = c(5, 4, 3, 4, 4, 3, 4, 5, 4),
  wavers = c(2, 3, 4, 1, 5, 3, 5, 1, 5),
  drifts = c(3, 4, 3, 4, 3, 5, 2, 5, 2))

pairs <- matrix(0, 4, 18, dimnames = list(rownames(before), NULL))
pairs[, seq(1, 17, 2)] <- before
pairs[, seq(2, 18, 2)] <- after
sink(stderr())
found <- mt.maxT(pairs, rep(0:1, 9), test = "pairt", side = "abs", B = 0)
sink()
found <- found[order(found$index), ]

row <- function(values) paste0("[", paste(format(values, digits = 15, trim = TRUE), collapse = ", "), "]")
rows <- function(table) paste0("    \"", rownames(table), "\": ", apply(table, 1, row), collapse = ",\n")
cat("{\n")
cat("  \"tool\": \"R ", as.character(getRversion()), "; multtest ",
    as.character(packageVersion("multtest")), " (mt.maxT, pairt, abs, B = 0)\",\n", sep = "")
cat("  \"before\": {\n", rows(before), "\n  },\n", sep = "")
cat("  \"after\": {\n", rows(after), "\n  },\n", sep = "")
cat("  \"t\": ", row(found$teststat), ",\n", sep = "")
cat("  \"rawp\": ", row(found$rawp), ",\n", sep = "")
cat("  \"adjp\": ", row(found$adjp), "\n", sep = "")
cat("}\n")
