package io.warmgate.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/security.md} names rules and tests that are there, and no attack's test is missing.
 */
class SecurityTableTest {
  private static final Pattern NAME = Pattern.compile("`(\\w+)(?:#(\\w+))?`");
  private static final Pattern TEST =
      Pattern.compile(
          "\n  @(?:Parameterized)?Test\\b.*?\n  (?:public )?void (\\w+)\\(", Pattern.DOTALL);

  private static final Path ROOT = root();
  private static final Map<String, Path> MAIN = new TreeMap<>();
  private static final Map<String, Path> TESTS = new TreeMap<>();
  private static final List<Row> ROWS = new ArrayList<>();

  private record Row(String attack, String rule, String test) {}

  @BeforeAll
  static void read() throws IOException {
    sources("src/main/java", MAIN);
    sources("src/test/java", TESTS);
    for (String line : Files.readAllLines(ROOT.resolve("docs/security.md"))) {
      String[] cells = line.split("(?<!\\\\)\\|", -1);
      if (line.startsWith("| ") && cells.length == 5 && !cells[1].trim().equals("attack")) {
        ROWS.add(new Row(cells[1].trim(), cells[2].trim(), cells[3].trim()));
      }
    }
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("docs/security.md"))) {
      here = Objects.requireNonNull(here.getParent(), "docs/security.md is above");
    }
    return here;
  }

  /** Files of every module, by the class's simple name; the runtime's where two have the same. */
  private static void sources(String folder, Map<String, Path> found) throws IOException {
    for (String module :
        List.of(
            "gateway-runtime/http-cache",
            "gateway-runtime/config",
            "gateway-runtime/ai",
            "gateway-runtime/server",
            "operator",
            "local")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(
                file ->
                    found.putIfAbsent(file.getFileName().toString().replace(".java", ""), file));
      }
    }
  }

  @Test
  void everyAttackHasARuleThatIsThere() {
    assertThat(ROWS).hasSizeGreaterThan(40);
    for (Row row : ROWS) {
      List<String> rules = NAME.matcher(row.rule).results().map(m -> m.group(1)).toList();
      assertThat(rules).as(row.attack).isNotEmpty();
      assertThat(MAIN.keySet()).as(row.attack).containsAll(rules);
    }
  }

  @Test
  void everyAttackHasATestThatIsThere() throws IOException {
    for (Row row : ROWS) {
      Matcher names = NAME.matcher(row.test);
      int tests = 0;
      while (names.find()) {
        tests++;
        assertThat(TESTS).as(row.attack).containsKey(names.group(1));
        assertThat(names.group(2)).as(row.attack).isNotNull();
        assertThat(methods(Objects.requireNonNull(TESTS.get(names.group(1)))))
            .as(row.attack)
            .contains(names.group(2));
      }
      assertThat(tests).as(row.attack).isPositive();
    }
  }

  @Test
  void everyAttackTestIsInTheTable() throws IOException {
    String all = String.join("\n", ROWS.stream().map(Row::test).toList());
    TreeSet<String> missing = new TreeSet<>();
    for (Map.Entry<String, Path> test : TESTS.entrySet()) {
      if (test.getKey().endsWith("AttackTest")) {
        for (String method : methods(test.getValue())) {
          String name = test.getKey() + "#" + method;
          if (!all.contains("`" + name + "`")) {
            missing.add(name);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<String> methods(Path file) throws IOException {
    return TEST.matcher(Files.readString(file)).results().map(m -> m.group(1)).toList();
  }
}
