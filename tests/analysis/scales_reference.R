# Makes scales_reference.json: answers that R invents, and what psych, lavaan and multilevel say of
# them. Debian: r-cran-psych r-cran-lavaan r-cran-multilevel r-cran-jsonlite. Run from its folder:
#   Rscript scales_reference.R
suppressPackageStartupMessages({library(psych); library(lavaan); library(multilevel)})
set.seed(20261124)

invent <- function(people, load, points = 5, noise = 1) {
  factor <- rnorm(people)
  raw <- sapply(load, function(l) l * factor + noise * rnorm(people))
  matrix(pmin(pmax(round((points + 1) / 2 + raw), 1), points), people)
}

alpha_of <- function(x) {
  a <- suppressWarnings(psych::alpha(as.data.frame(x), warnings = FALSE))
  list(value = a$total$raw_alpha, standardized = a$total$std.alpha, mean_r = a$total$average_r,
       se = a$total$ase, low = a$feldt$lower.ci[[1]], high = a$feldt$upper.ci[[1]],
       item_rest = a$item.stats$r.drop, without = if (ncol(x) > 2) a$alpha.drop$raw_alpha)
}

omega_of <- function(x) {
  n <- nrow(x); S <- cov(x, use = "pairwise")
  names <- paste0("i", seq_len(ncol(x))); dimnames(S) <- list(names, names)
  model <- paste("f =~", paste(names, collapse = " + "))
  fit <- cfa(model, sample.cov = S, sample.nobs = n, std.lv = TRUE)
  e <- inspect(fit, "est"); l <- as.vector(e$lambda); u <- diag(e$theta)
  s <- inspect(fit, "std"); ls <- as.vector(s$lambda); us <- diag(s$theta)
  if (sum(l) < 0) { l <- -l; ls <- -ls }
  list(value = sum(l)^2 / (sum(l)^2 + sum(u)), standardized = sum(ls)^2 / (sum(ls)^2 + sum(us)),
       loadings = ls, uniquenesses = as.vector(us), chi_square = fitMeasures(fit, "chisq")[[1]],
       df = fitMeasures(fit, "df")[[1]], p = fitMeasures(fit, "pvalue")[[1]])
}

bounded_of <- function(x) {
  f <- factanal(x, 1, rotation = "none", lower = 0.005)
  list(uniquenesses = as.vector(f$uniquenesses))
}

holes <- function(x, share) { x[runif(length(x)) < share] <- NA; x[rowSums(!is.na(x)) > 0, ] }
whole <- function(x) x[complete.cases(x), ]

plain <- invent(60, c(1, .8, .7, .9, .6))
opposed <- plain; opposed[, 4] <- 6 - opposed[, 4]
holed <- holes(invent(90, c(1, .9, .8, .7)), .08)
seven <- invent(200, c(1.2, 1.1, .9, .8, .4, .5), points = 7)
two <- invent(40, c(1, .9))
g <- rnorm(80); third <- rnorm(80)
heywood <- cbind(2 * g, g + .6 * third + .4 * rnorm(80), .9 * g + .8 * third + .4 * rnorm(80), g + rnorm(80))
heywood <- heywood[, c(2, 3, 1, 4)]
heywood[, 1] <- heywood[, 1] - .9 * third

sizes <- c(2, 3, 5, 8, 11, 14, 4)
group <- rep(seq_along(sizes) - 1, sizes)
shift <- rnorm(length(sizes), sd = .6)
grouped <- matrix(pmin(pmax(round(3 + shift[group + 1] + matrix(rnorm(sum(sizes) * 4), sum(sizes))), 1), 5), sum(sizes))
grouped[3, 2] <- NA; grouped[20, 1] <- NA
value <- rowMeans(grouped)
kept <- !is.na(value)
fit <- aov(value ~ as.factor(group), data = data.frame(value = value[kept], group = group[kept]))
table <- summary(fit)[[1]]

found <- list(
  tool = sprintf("R %s; psych %s; lavaan %s; multilevel %s (Debian 12)", getRversion(),
                 packageVersion("psych"), packageVersion("lavaan"), packageVersion("multilevel")),
  made_by = "tests/analysis/scales_reference.R",
  plain = list(answers = plain, alpha = alpha_of(plain), omega = omega_of(plain)),
  opposed = list(answers = opposed, reverse = list(3), alpha = alpha_of(plain), omega = omega_of(plain)),
  holed = list(answers = holed, alpha = alpha_of(holed), omega = omega_of(holed),
               alpha_listwise = alpha_of(whole(holed)), omega_listwise = omega_of(whole(holed))),
  seven = list(answers = seven, points = 7, alpha = alpha_of(seven), omega = omega_of(seven)),
  two = list(answers = two, alpha = alpha_of(two)),
  heywood = list(answers = heywood, omega = bounded_of(heywood)),
  grouped = list(answers = grouped, group = group,
    rwgj = rwg.j(grouped, group)[, c("rwg.j", "gsize")],
    rwg_first = rwg(grouped[, 1], group)[, c("rwg", "gsize")],
    icc = list(one = ICC1(fit), two = ICC2(fit), f = table[1, 4], p = table[1, 5],
               between = table[1, 3], within = table[2, 3])))
writeLines(jsonlite::toJSON(found, digits = NA, auto_unbox = TRUE, na = "null", null = "null"), "scales_reference.json")
