package io.warmgate.ai.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.embedding.EmbeddingRequest.Encoding;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingWireTest {
  private static final String FLOATS =
      "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
          + "\"embedding\":[0.0023064255,-1.0]}],\"model\":\"m\","
          + "\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\",\"input\":[\"a\",\"b\"]}",
        "{\"model\":\"m\",\"input\":[[1,2],[3]],\"encoding_format\":\"base64\","
            + "\"dimensions\":2,\"user\":\"u\",\"new\":{\"x\":1}}"
      })
  void aRequestIsWrittenAsItWasRead(String body) {
    assertThat(text(EmbeddingRequests.write(EmbeddingRequests.read(bytes(body))))).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[[]]",
        "[1.5]",
        "[null]",
        "[\"a\",{}]",
        "1",
        "[99999999999999999999]"
      })
  void whatIsNoItemIsRefused(String input) {
    assertThatThrownBy(
            () -> EmbeddingRequests.read(bytes("{\"model\":\"m\",\"input\":" + input + "}")))
        .isInstanceOf(TranslationException.class)
        .hasMessageStartingWith("input");
  }

  @Test
  void aVectorIsWrittenEitherWay() {
    EmbeddingAnswer answer = answer(FLOATS, 1);
    assertThat(text(EmbeddingAnswers.write(answer, Encoding.FLOAT))).isEqualTo(FLOATS);
    String base64 = text(EmbeddingAnswers.write(answer, Encoding.BASE64));
    assertThat(base64).contains("\"embedding\":\"ZicXOwAAgL8=\"");
    assertThat(answer(base64, 1)).isEqualTo(answer);
  }

  /** A vector at the wrong place would be kept for another text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[2]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":2,\"embedding\":[2]}]}",
        "{\"data\":[{\"index\":1,\"embedding\":[1]},{\"index\":2,\"embedding\":[2]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":\"AAA=\"}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[\"1\"]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[1e39]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":{}}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[1,2]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":null}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"index\":0,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},[1]]}",
        "{\"data\":{\"index\":0,\"embedding\":[1]}}",
        "{\"data\":[{\"embedding\":[1]},{\"embedding\":[1]}]} {}",
        "{\"data\":[{\"embedding\":[1]},{\"embedding\":[1]}],\"data\":[]}",
        "{\"data\":null,\"model\":\"m\"}",
        "[1]",
        "",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},"
      })
  void anAnswerThatIsNotWholeIsNone(String body) {
    assertThat(EmbeddingAnswers.read(bytes(body), 2))
        .isInstanceOfSatisfying(
            EmbeddingOutcome.Failed.class,
            failed -> assertThat(failed.error().kind()).isEqualTo(ErrorKind.UNREADABLE));
  }

  @Test
  void howVectorsAreWrittenIsFoundWithoutReadingThem() {
    assertThat(encoding(FLOATS)).isEqualTo(Encoding.FLOAT);
    assertThat(encoding("{\"x\":{\"embedding\":[1]},\"data\":[{\"y\":[{}],\"embedding\":\"AAA"))
        .isEqualTo(Encoding.BASE64);
    assertThat(encoding("{\"data\":[]}")).isNull();
    assertThat(encoding("{\"data\"")).isNull();
    assertThat(encoding("")).isNull();
  }

  private static @Nullable Encoding encoding(String body) {
    return EmbeddingAnswers.encoding(new ByteArrayInputStream(bytes(body)));
  }

  @Test
  void vectorsComeInTheOrderOfTheirIndex() {
    String swapped =
        "{\"data\":[{\"index\":1,\"embedding\":[2]},{\"index\":0,\"embedding\":[1]}],\"model\":\"m\"}";
    assertThat(answer(swapped, 2).vectors())
        .containsExactly(Vector.of(new float[] {1}), Vector.of(new float[] {2}));
  }

  @Test
  void anErrorInA200IsAnError() {
    assertThat(EmbeddingAnswers.read(bytes("{\"error\":{\"message\":\"busy\",\"type\":\"x\"}}"), 1))
        .isInstanceOf(EmbeddingOutcome.Failed.class);
  }

  private static EmbeddingAnswer answer(String body, int items) {
    EmbeddingOutcome outcome = EmbeddingAnswers.read(bytes(body), items);
    assertThat(outcome).isInstanceOf(EmbeddingOutcome.Answered.class);
    return ((EmbeddingOutcome.Answered) outcome).answer();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
