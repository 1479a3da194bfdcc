# Writes the tables of tests/tables/files/r as R writes them:  cd tests/tables/files/r && R --vanilla -q -f ../../../references/tables/make_tables.R
set.seed(1)
write.csv(iris[c(1:6, 51:56, 101:106), ], "iris.csv")
write.csv2(mtcars[1:16, c("mpg", "cyl", "wt", "am")], "mtcars-csv2.csv")
write.table(airquality[1:20, ], "airquality.txt")
days <- as.Date("2020-01-30") + 0:11
write.csv(data.frame(when = days, temp = round(rnorm(12, 10, 3), 2), kind = rep(c("warm", "cold"), 6)), "dates.csv", row.names = FALSE)
write.table(head(ToothGrowth, 20), "tooth.tsv", sep = "\t", quote = FALSE, row.names = FALSE)
write.csv(data.frame(x = c(1, NA, 3, 4, 5, 6), y = c("a", "b", NA, "a", "b", "a")), "na.csv", row.names = FALSE, na = "")
