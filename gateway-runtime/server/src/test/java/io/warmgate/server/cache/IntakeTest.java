package io.warmgate.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.junit.jupiter.api.Test;

class IntakeTest {
  @Test
  void othersWaitForABodyThatIsNearItsEnd() {
    assertThat(Intake.isNear(8 << 20, 64 << 20, 100)).as("700 ms to go").isTrue();
    assertThat(Intake.isNear(8 << 20, 64 << 20, 150)).as("1,050 ms to go").isFalse();
    assertThat(Intake.isNear(8 << 20, 8 << 20, 60_000)).as("all of it is here").isTrue();
    assertThat(Intake.isNear(8 << 20, -1, 0)).as("nobody knows how long").isFalse();
  }

  @Test
  void aSourceFlowsWhenTheLastOneLetsIt() {
    StringBuilder seen = new StringBuilder();
    Valve valve = new Valve(new Recorded(seen));
    valve.hold();
    valve.hold();
    valve.release();
    assertThat(seen).hasToString("pause ");
    valve.release();
    valve.hold();
    assertThat(seen).hasToString("pause resume pause ");
  }

  private record Recorded(StringBuilder seen) implements ReadStream<Buffer> {
    @Override
    public ReadStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
      return this;
    }

    @Override
    public ReadStream<Buffer> handler(Handler<Buffer> handler) {
      return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
      seen.append("pause ");
      return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
      seen.append("resume ");
      return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
      return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(Handler<Void> handler) {
      return this;
    }
  }
}
