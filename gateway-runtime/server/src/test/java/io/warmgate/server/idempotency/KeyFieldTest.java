package io.warmgate.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFieldTest {

  /** Draft httpapi-idempotency-key-header-07 §2.1 asks for a string; many send it bare. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          "8e03978e-40d5-43e8-bc93-6894a57f9324" | 8e03978e-40d5-43e8-bc93-6894a57f9324
          8e03978e-40d5-43e8-bc93-6894a57f9324   | 8e03978e-40d5-43e8-bc93-6894a57f9324
          "an order, the 7th"                    | an order, the 7th
          "a\\"b\\\\c"                           | a"b\\c
          order:7/2                              | order:7/2
          aGVsbG8+/w==                           | aGVsbG8+/w==
          `  "x"  `                              | x
          """)
  void isAStringOrBare(String sent, String key) {
    assertThat(KeyField.of(List.of(sent))).isEqualTo(new KeyField.Key(key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"\"",
        "\"a",
        "a\"",
        "\"a\"b",
        "\"a\";p=1",
        "\"a\", \"b\"",
        "a b",
        "a,b",
        "a;b",
        "\"a\\b\"",
        "\"a\\",
        "\"\u00e9\"",
        "\u00e9",
        "\"\t\"",
        "(a)",
        "a\u0000"
      })
  void anythingElseIsNone(String sent) {
    assertThat(KeyField.of(List.of(sent))).isEqualTo(new KeyField.Malformed());
  }

  @Test
  void hasAsMuchAs255Characters() {
    assertThat(KeyField.of(List.of("k".repeat(255)))).isInstanceOf(KeyField.Key.class);
    assertThat(KeyField.of(List.of("\"" + "k".repeat(255) + "\"")))
        .isInstanceOf(KeyField.Key.class);
    assertThat(KeyField.of(List.of("k".repeat(256)))).isEqualTo(new KeyField.Malformed());
  }

  @Test
  void isThereOnceOrNotAtAll() {
    assertThat(KeyField.of(List.of())).isEqualTo(new KeyField.Absent());
    assertThat(KeyField.of(List.of("a", "a"))).isEqualTo(new KeyField.Malformed());
  }
}
