package io.warmgate.ai.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TensorAnswerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "INFER    | {\"model_name\":\"m\",\"outputs\":[{\"data\":[1,NaN]}]}",
        "INFER    | {\"outputs\":[],\"error\":null}",
        "PREDICT  | {\"predictions\":[1.0, -Infinity]}",
        "PREDICT  | {\"outputs\":{\"error\":1}}",
        "CLASSIFY | {\"results\":[[[\"cat\",0.5]]]}",
        "REGRESS  | {\"result\":[1]}",
      })
  void isOne(TensorAction action, String body) {
    assertThat(TensorAnswer.failure(action, body.getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "INFER    | SERVER     | {\"error\":\"out of memory\",\"outputs\":[]}",
        "PREDICT  | SERVER     | {\"predictions\":[],\"error\":{\"code\":3}}",
        "INFER    | UNREADABLE | {\"outputs\":[{\"data\":[1,2]}",
        "INFER    | UNREADABLE | {\"outputs\":[]} {}",
        "INFER    | UNREADABLE | {\"outputs\":[],\"outputs\":[1]}",
        "INFER    | UNREADABLE | {\"predictions\":[]}",
        "PREDICT  | UNREADABLE | {\"results\":[]}",
        "REGRESS  | UNREADABLE | {\"outputs\":[]}",
        "INFER    | UNREADABLE | []",
        "INFER    | UNREADABLE | data: {\"outputs\":[]}",
        "INFER    | UNREADABLE | ''",
      })
  void isNone(TensorAction action, ErrorKind kind, String body) {
    assertThat(TensorAnswer.failure(action, body.getBytes(UTF_8)).map(ModelError::kind))
        .contains(kind);
  }

  @Test
  void anErrorsOwnWords() {
    byte[] body = "{\"error\":\"out of memory\"}".getBytes(UTF_8);
    assertThat(TensorAnswer.failure(TensorAction.INFER, body).map(ModelError::message))
        .contains("out of memory");
    TensorErrors errors = new TensorErrors();
    assertThat(errors.readError(503, body))
        .isEqualTo(ModelError.of(ErrorKind.OVERLOADED, "out of memory"));
    assertThat(errors.readError(502, "<html>".getBytes(UTF_8)).message()).contains("502");
    assertThat(errors.writeError(ModelError.of(ErrorKind.NOT_FOUND, "no \"m\"")).json())
        .isEqualTo("{\"error\":\"no \\\"m\\\"\"}");
  }

  /** What is told comes back as it was meant. */
  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void aStatusForEachKind(ErrorKind kind) {
    TensorErrors errors = new TensorErrors();
    int status = errors.writeError(ModelError.of(kind, "why")).status();
    ErrorKind back = errors.readError(status, new byte[0]).kind();
    assertThat(back)
        .isEqualTo(
            switch (kind) {
              case FILTERED -> ErrorKind.INVALID_REQUEST;
              case BILLING -> ErrorKind.PERMISSION;
              case UNREADABLE -> ErrorKind.SERVER;
              default -> kind;
            });
  }
}
