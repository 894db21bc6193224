package io.warmgate.server.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SightingTest {
  /**
   * @param said one after the other; of each the versions, the newest first
   * @param counts after that
   */
  @ParameterizedTest
  @CsvSource({
    "1, , true",
    "1 1, , true",
    "1 21 1 21, , true",
    "1 1 1, 1, false",
    "1 1 1 21, 1, true",
    "1 1 1 21 21, 1, true",
    "1 1 1 21 21 21, 21, false",
    "1 1 1 21 21 1 21 21, 1, true",
    "1 1 1 21 21 1, 1, false",
    "1 1 1 21 21 321, 1, true",
    "1 1 1 21 321 321 321, 321, false",
    "21 21 21 1 21 1 21 1, 21, true",
    "21 21 21 1 1 1, 1, false",
  })
  void countsWhenItIsSteady(String said, @Nullable String counts, boolean unsure) {
    Sighting sighting = Sighting.NOTHING;
    for (String one : said.split(" ")) {
      sighting = sighting.learn(versions(one));
    }
    assertThat(sighting.counts()).isEqualTo(counts == null ? null : versions(counts));
    assertThat(sighting.isUnsure()).isEqualTo(unsure);
  }

  private static Found.Versions versions(String digits) {
    List<String> list = Arrays.asList(digits.split(""));
    return new Found.Versions(list, list);
  }
}
