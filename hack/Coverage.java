import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prints a module's coverage, a line: name, then what JaCoCo's CSV report sums to. */
final class Coverage {
  private static final int MISSED_BRANCHES = 5;
  private static final int MISSED_LINES = 7;

  public static void main(String[] args) throws IOException {
    Path report = Path.of(args[1]);
    if (!Files.exists(report)) {
      System.err.println(
          "coverage of " + args[0] + ": no report at " + report + "; did its tests run?");
      System.exit(1);
    }
    List<String[]> classes =
        Files.readAllLines(report).stream().skip(1).map(line -> line.split(",")).toList();
    System.out.printf(
        "coverage of %s: %s of lines, %s of branches%n",
        args[0], percent(classes, MISSED_LINES), percent(classes, MISSED_BRANCHES));
  }

  private static String percent(List<String[]> classes, int missedColumn) {
    long missed = classes.stream().mapToLong(row -> Long.parseLong(row[missedColumn])).sum();
    long covered = classes.stream().mapToLong(row -> Long.parseLong(row[missedColumn + 1])).sum();
    return missed + covered == 0
        ? "none"
        : "%.1f %%".formatted(100.0 * covered / (missed + covered));
  }
}
