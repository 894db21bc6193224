package io.warmgate.ai.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.golden.Sides;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InferenceKeyTest {
  private static final ChatRequest HELLO =
      Sides.front("openai")
          .readRequest(
              "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
                  .getBytes(StandardCharsets.UTF_8));

  @Test
  void theModelThatIsAskedIsInItNotItsName() {
    InferenceKey key = InferenceKey.of(HELLO, "m-1", Defaults.UNKNOWN);
    assertThat(InferenceKey.of(HELLO.withModel("b"), "m-1", Defaults.UNKNOWN)).isEqualTo(key);
    assertThat(InferenceKey.of(HELLO, "m-2", Defaults.UNKNOWN)).isNotEqualTo(key);
  }

  @Test
  void aHitIsComparedByWhatWasAsked() {
    InferenceKey key = InferenceKey.of(HELLO, "m-1", Defaults.UNKNOWN);
    assertThat(key.isOf(key.material())).isTrue();
    assertThat(key.isOf(InferenceKey.of(HELLO, "m-2", Defaults.UNKNOWN).material())).isFalse();
  }

  @Test
  void partsStandBehindTheirLengths() {
    ByteBuffer material =
        ByteBuffer.wrap(InferenceKey.of(HELLO, "m-1", Defaults.UNKNOWN).material());
    byte[] format = new byte[material.getInt()];
    material.get(format);
    assertThat(new String(format, StandardCharsets.US_ASCII)).isEqualTo(InferenceKey.FORMAT);
    assertThat(material.getInt()).isEqualTo(material.remaining());
  }

  /** Of a server like OpenAI's nobody knows what it takes where nothing is said. */
  @Test
  void aDefaultIsWrittenInOnlyWhereItIsKnown() {
    ChatRequest said =
        Sides.front("openai")
            .readRequest(
                "{\"model\":\"a\",\"temperature\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(InferenceKey.of(said, "m", Defaults.UNKNOWN))
        .isNotEqualTo(InferenceKey.of(HELLO, "m", Defaults.UNKNOWN));
    assertThat(InferenceKey.of(said, "m", Defaults.DOCUMENTED))
        .isEqualTo(InferenceKey.of(HELLO, "m", Defaults.DOCUMENTED));
  }
}
