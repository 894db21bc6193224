package io.warmgate.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.warmgate.server.exchange.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeptCodecTest {
  private static final Kept.Answer ANSWER =
      new Kept.Answer(
          201,
          List.of(
              new Kept.Field("location", "/orders/7"),
              new Kept.Field("set-cookie", "a=1"),
              new Kept.Field("set-cookie", "b=\u00e9")),
          Buffer.buffer("{\"id\":7}"));

  static Stream<Kept> all() {
    return Stream.of(
        ANSWER,
        new Kept.Answer(204, List.of(), Buffer.buffer()),
        new Kept.Failed(Problem.BACKEND_TIMEOUT),
        new Kept.TooLarge());
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsWrittenIsRead(Kept kept) {
    assertThat(KeptCodec.read(KeptCodec.write(kept))).contains(kept);
  }

  /** Whatever lies there: no exception, and never a head that is another. */
  @Test
  void whatIsCutInItsHeadIsNone() {
    byte[] whole = KeptCodec.write(ANSWER);
    int head = whole.length - ANSWER.body().length();
    for (int length = 0; length < head; length++) {
      assertThat(KeptCodec.read(Arrays.copyOf(whole, length))).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void anotherVersionKindOrProblemIsNone() {
    byte[] bytes = KeptCodec.write(new Kept.Failed(Problem.BAD_GATEWAY));
    byte[] version = bytes.clone();
    version[0] = 2;
    byte[] kind = bytes.clone();
    kind[1] = 'Z';
    byte[] problem = bytes.clone();
    problem[bytes.length - 1] = '?';
    assertThat(List.of(version, kind, problem))
        .allSatisfy(one -> assertThat(KeptCodec.read(one)).isEmpty());
  }

  @Test
  void lengthsThatLeadNowhereAreNone() {
    byte[] bytes = KeptCodec.write(ANSWER);
    for (int at : new int[] {4, 8}) {
      byte[] wrong = bytes.clone();
      wrong[at] = (byte) 0x7f;
      assertThat(KeptCodec.read(wrong)).isEmpty();
      wrong[at] = (byte) 0xff;
      assertThat(KeptCodec.read(wrong)).isEmpty();
    }
  }
}
