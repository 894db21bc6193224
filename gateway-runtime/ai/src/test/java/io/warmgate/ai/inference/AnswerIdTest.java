package io.warmgate.ai.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerIdTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"id\":\"a\",\"outputs\":[ 1.50 ]}   | {\"outputs\":[ 1.50 ]}",
        "{\"outputs\":[], \"id\" : \"a\" }     | {\"outputs\":[] }",
        "{\"m\":1, \"id\":\"a\", \"outputs\":[]} | {\"m\":1, \"outputs\":[]}",
        "{\"m\":\"x\",\"id\":\"a\"}            | {\"m\":\"x\"}",
        "{\"m\":{\"id\":\"a\"},\"id\":\"a\",\"n\":-1.5e3} | {\"m\":{\"id\":\"a\"},\"n\":-1.5e3}",
        "{\"id\":\"b\",\"outputs\":[]}         | {\"id\":\"b\",\"outputs\":[]}",
        "{\"outputs\":[NaN]}                   | {\"outputs\":[NaN]}",
        "{\"id\":7,\"outputs\":[]}             | {\"id\":7,\"outputs\":[]}",
      })
  void withoutTheAskersOwn(String answer, String out) {
    assertThat(new String(AnswerId.without(answer.getBytes(UTF_8), "a"), UTF_8)).isEqualTo(out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"id\":\"a\",\"outputs\":[ 1.50 ]}   | {\"id\":\"ü\\\"\",\"outputs\":[ 1.50 ]}",
        "{\"outputs\":[], \"id\" : \"a\" }     | {\"id\":\"ü\\\"\",\"outputs\":[] }",
        "{ \"m\":1, \"id\":null, \"o\":\"é\"}  | {\"id\":\"ü\\\"\", \"m\":1, \"o\":\"é\"}",
        "{\"m\":\"é\",\"id\":{\"x\":[1]}}      | {\"id\":\"ü\\\"\",\"m\":\"é\"}",
        "{\"outputs\":[Infinity]}              | {\"id\":\"ü\\\"\",\"outputs\":[Infinity]}",
      })
  void withTheAskersOwn(String answer, String out) {
    assertThat(new String(AnswerId.with(answer.getBytes(UTF_8), "ü\""), UTF_8)).isEqualTo(out);
  }
}
