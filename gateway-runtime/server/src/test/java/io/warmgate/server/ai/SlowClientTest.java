package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.streamed;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Model;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that does not read holds its provider up; one that goes ends the provider's work. */
class SlowClientTest {
  /** More than all buffers on the way hold. */
  private static final long MUCH = 256L << 20;

  private final AtomicLong sent = new AtomicLong();
  private final AtomicBoolean gone = new AtomicBoolean();

  @ParameterizedTest
  @ValueSource(strings = {Said.OPENAI, Said.ANTHROPIC})
  void paces(String path) throws IOException {
    String much = OPENAI_STREAM[1].replace("Hello", "Hello ".repeat(10_000));
    try (ScriptedProvider gpt = new ScriptedProvider(request -> talk(request, much));
        ModelPod pod =
            new ModelPod().model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1").serve()) {
      try (Socket client = new Socket(InetAddress.ofLiteral("127.0.0.1"), pod.port())) {
        String body = streamed("gpt", "hi");
        client
            .getOutputStream()
            .write(
                """
                POST %s HTTP/1.1\r
                Host: h\r
                Content-Length: %d\r
                \r
                %s\
                """
                    .formatted(path, body.length(), body)
                    .getBytes(StandardCharsets.UTF_8));
        AtomicLong before = new AtomicLong(-1);
        await()
            .atMost(20, TimeUnit.SECONDS)
            .pollInterval(500, TimeUnit.MILLISECONDS)
            .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
        Assertions.assertThat(sent.get()).isLessThan(MUCH / 2);
      }
      await().atMost(20, TimeUnit.SECONDS).until(gone::get);
      await().atMost(20, TimeUnit.SECONDS).until(() -> pod.ended.size() == 1);
    }
  }

  private void talk(ScriptedProvider.Request request, String much) throws IOException {
    request.stream();
    try {
      while (sent.get() < MUCH) {
        request.chunk(much);
        sent.addAndGet(much.length());
      }
    } catch (IOException e) {
      gone.set(true);
      throw e;
    }
  }
}
