package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.ServedVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundVersionsTest {
  /**
   * @param now what is asked for
   * @param pods what each has found ready, behind {@code +} what is listed besides; {@code ?}:
   *     nothing is known, {@code none}: the server has no versions
   * @param next what is asked for then
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // nobody knows, or not everybody
        "- | ''              | -",
        "1 | ''              | 1",
        "- | ?               | -",
        "1 | ?               | 1",
        "1 | 2 1, ?          | 1",
        "- | 1, ?            | -",
        // the newest that all have
        "- | 1               | 1",
        "- | 2 1             | 2",
        "- | 10 9            | 10",
        "1 | 2 1             | 2",
        "1 | 2               | 2",
        "1 | 2 1, 1          | 1",
        "1 | 3 2 1, 2 1      | 2",
        "1 | 3 2, 3 1        | 3",
        // what is asked for stays while somebody has it
        "2 | 1               | 1",
        "2 | 2 1, 1          | 2",
        "2 | 1, 2 1          | 2",
        "2 | 1, 1            | 1",
        "2 | 1 + 2           | 2",
        "2 | 1 + 2, 1        | 2",
        "2 | 3 1 + 2         | 3",
        // no older one than that
        "3 | 2 1 + 3         | 3",
        "3 | 3 2, 2          | 3",
        // nothing in common
        "1 | 2, 3            | 1",
        "- | 2, 3            | -",
        "1 | + 2             | 1",
        // the server has none
        "1 | none            | -",
        "1 | none, none      | -",
        "1 | none, 1         | 1",
        "1 | none, 2         | 1",
        "1 | none, ?         | 1",
        "- | none            | -",
      })
  void next(@Nullable String now, String pods, @Nullable String next) {
    List<Optional<ServedVersions>> said = new ArrayList<>();
    if (!pods.isEmpty()) {
      for (String pod : pods.split(",")) {
        said.add(said(pod.strip()));
      }
    }
    assertThat(FoundVersions.next(now, said)).isEqualTo(next);
  }

  /**
   * @param now what counts
   * @param pods what each that has heard enough hears, the most frequent first
   * @param next what counts then
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | ''          | -",
        "a | ''          | a",
        "- | a           | a",
        "- | b a, a b, b | b",
        "- | b, a        | a",
        // stays while somebody hears it
        "a | b a         | a",
        "a | b, b a      | a",
        "a | b, b, c a   | a",
        "a | b, b        | b",
        "a | b c, c      | b",
        "a | c b, b, c   | c",
      })
  void heard(@Nullable String now, String pods, @Nullable String next) {
    List<ServedVersions> said = new ArrayList<>();
    if (!pods.isEmpty()) {
      for (String pod : pods.split(",")) {
        List<String> versions = list(pod);
        said.add(new ServedVersions("chat", versions, versions));
      }
    }
    assertThat(FoundVersions.heard(now, said)).isEqualTo(next);
  }

  private static Optional<ServedVersions> said(String pod) {
    if (pod.equals("?")) {
      return Optional.empty();
    }
    String[] parts = pod.equals("none") ? new String[] {""} : pod.split("\\+", 2);
    List<String> ready = list(parts[0]);
    List<String> listed = new ArrayList<>(ready);
    if (parts.length > 1) {
      listed.addAll(list(parts[1]));
    }
    return Optional.of(new ServedVersions("server", ready, listed));
  }

  private static List<String> list(String spaced) {
    return spaced.isBlank() ? List.of() : List.of(spaced.strip().split(" "));
  }
}
