package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.ANTHROPIC_ANSWER;
import static io.warmgate.server.ai.Said.ANTHROPIC_STREAM;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.Provider;
import io.warmgate.ai.anthropic.AnthropicProvider;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.openai.OpenAiProvider;
import io.warmgate.config.Filter;
import io.warmgate.config.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both fronts, both providers, plain and streamed; what goes out, and what comes back. */
class ServingTest {
  private static final Provider OF_OPENAI = new OpenAiProvider(OpenAiProvider.Flavour.OPENAI);
  private static final Provider OF_ANTHROPIC = new AnthropicProvider(1);

  private final ScriptedProvider gpt =
      new ScriptedProvider(
          request -> {
            if (request.body().contains("\"stream\":true")) {
              request.streamed(OPENAI_STREAM);
            } else {
              request.answer(
                  "200 OK",
                  "X-Request-Id: r1\r\nSet-Cookie: a=b\r\nETag: \"e\"\r\nServer: them\r\n",
                  "",
                  OPENAI_ANSWER);
            }
          });
  private final ScriptedProvider claude =
      ScriptedProvider.saying(ANTHROPIC_ANSWER, ANTHROPIC_STREAM);
  private final ModelPod pod = new ModelPod();

  @BeforeEach
  void begin() {
    pod.model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1")
        .model("claude", Model.Provider.ANTHROPIC, claude.port(), "")
        .filter(
            new Filter.RequestHeaderModifier(
                List.of(new Filter.Header("x-team", "red")), List.of(), List.of()))
        .serve();
  }

  @AfterEach
  void end() {
    pod.close();
    gpt.close();
    claude.close();
  }

  private static String text(Provider dialect, String body) {
    ChatAnswer answer =
        ((Outcome.Answered) dialect.readAnswer(body.getBytes(StandardCharsets.UTF_8))).answer();
    return ((Part.Text) answer.parts().getFirst()).text();
  }

  private static String folded(Provider dialect, String body) {
    return ((Part.Text) Folding.of(dialect, Buffer.buffer(body)).parts().getFirst()).text();
  }

  @Test
  void theSameDialectIsPassedOnAsItIs() {
    HttpResponse<String> answer =
        pod.post("/any" + OPENAI, question("gpt", "hi", ", \"odd\": 1.50"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(OPENAI_ANSWER);
    assertThat(Json.parse(gpt.last().body()))
        .isEqualTo(Json.parse(question("provider-gpt", "hi", ", \"odd\": 1.50")));
    assertThat(gpt.last().head()).startsWith("POST /v1/chat/completions HTTP/1.1\r\n");
    assertThat(pod.post(ANTHROPIC, question("claude", "hi")).body()).isEqualTo(ANTHROPIC_ANSWER);
    assertThat(claude.last().head()).startsWith("POST /v1/messages HTTP/1.1\r\n");
    String whole = String.join("", ANTHROPIC_STREAM);
    assertThat(pod.post(ANTHROPIC, streamed("claude", "hi")).body()).isEqualTo(whole);
  }

  @Test
  void providersGetTheirOwnCredentialAndNothingOfTheClients() {
    pod.post(
        OPENAI + "?api-key=secret",
        question("gpt", "hi"),
        "Authorization",
        "Bearer secret",
        "X-Api-Key",
        "secret",
        "Api-Key",
        "secret",
        "Cookie",
        "secret",
        "X-Forwarded-For",
        "secret",
        "X-Other",
        "secret",
        "OpenAI-Beta",
        "new=1",
        "Accept-Encoding",
        "gzip",
        "traceparent",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    String head = gpt.last().head();
    assertThat(head.toLowerCase(Locale.ROOT)).doesNotContain("secret");
    assertThat(gpt.last().field("authorization")).isEqualTo("Bearer sk-of-gpt");
    assertThat(gpt.last().field("openai-beta")).isEqualTo("new=1");
    assertThat(gpt.last().field("accept-encoding")).isEqualTo("identity");
    assertThat(gpt.last().field("content-type")).isEqualTo("application/json");
    assertThat(gpt.last().field("x-team")).isEqualTo("red");
    assertThat(gpt.last().field("host")).isEqualTo("127.0.0.1:" + gpt.port());
    assertThat(gpt.last().field("traceparent")).contains("0af7651916cd43dd8448eb211c80319c");
    pod.post(
        ANTHROPIC,
        question("claude", "hi"),
        "anthropic-version",
        "2024-01-01",
        "x-api-key",
        "secret",
        "anthropic-beta",
        "b1");
    assertThat(claude.last().field("x-api-key")).isEqualTo("sk-of-claude");
    assertThat(claude.last().field("authorization")).isEmpty();
    assertThat(claude.last().field("anthropic-version")).isEqualTo("2024-01-01");
    assertThat(claude.last().field("anthropic-beta")).isEqualTo("b1");
    pod.post(OPENAI, question("claude", "hi"), "anthropic-version", "1", "openai-beta", "b2");
    assertThat(claude.last().field("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(claude.last().head().toLowerCase(Locale.ROOT)).doesNotContain("openai");
  }

  @Test
  void ofTheProvidersFieldsFewAreForTheClient() {
    HttpResponse<String> answer = pod.post(OPENAI, question("gpt", "hi"));
    assertThat(answer.headers().map().keySet())
        .contains("x-request-id", "content-length", "date")
        .doesNotContain("set-cookie", "etag", "server");
    assertThat(ModelPod.status(answer)).contains("detail=no-policy");
  }

  @Test
  void everyFrontAsksEveryProviderPlain() {
    assertThat(text(OF_OPENAI, pod.post(OPENAI, question("claude", "hi")).body()))
        .isEqualTo("Hello there");
    assertThat(claude.last().body()).contains("\"max_tokens\":100", "provider-claude");
    HttpResponse<String> answer = pod.post(ANTHROPIC, question("gpt", "hi"));
    assertThat(text(OF_ANTHROPIC, answer.body())).isEqualTo("Hello there");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(gpt.last().body()).contains("\"max_completion_tokens\":100", "provider-gpt");
  }

  @Test
  void everyFrontAsksEveryProviderForAStream() {
    assertThat(folded(OF_OPENAI, pod.post(OPENAI, streamed("claude", "hi")).body()))
        .isEqualTo("Hello there");
    HttpResponse<String> answer = pod.post(ANTHROPIC, streamed("gpt", "hi"));
    assertThat(folded(OF_ANTHROPIC, answer.body())).isEqualTo("Hello there");
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
    assertThat(answer.headers().firstValue("content-length")).isEmpty();
    assertThat(Json.parse(gpt.last().body()).at("/stream_options/include_usage").asBoolean())
        .isTrue();
    assertThat(gpt.last().field("accept")).isEqualTo("text/event-stream");
  }

  @Test
  void usageIsShownToWhoAsksForIt() {
    String all = String.join("", OPENAI_STREAM);
    String asked =
        question("gpt", "hi", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    assertThat(pod.post(OPENAI, asked).body()).isEqualTo(all);
    assertThat(pod.post(OPENAI, streamed("gpt", "hi")).body())
        .isEqualTo(all.replace(OPENAI_STREAM[4], ""));
    assertThat(Json.parse(gpt.last().body()).at("/stream_options/include_usage").asBoolean())
        .isTrue();
  }

  @Test
  void aStreamComesAsItIsMade() throws Exception {
    // the second half is sent once the client has the first
    CountDownLatch had = new CountDownLatch(1);
    gpt.script =
        request -> {
          request.stream();
          for (int i = 0; i < OPENAI_STREAM.length; i++) {
            if (i == 2) {
              await(had);
            }
            request.chunk(OPENAI_STREAM[i]);
          }
          request.end();
        };
    try (Socket client = new Socket(InetAddress.ofLiteral("127.0.0.1"), pod.port())) {
      String body = streamed("gpt", "hi");
      client
          .getOutputStream()
          .write(
              ("POST /v1/messages HTTP/1.1\r\nHost: h\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.UTF_8));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      until(in, "\"Hello\"");
      had.countDown();
      until(in, "message_stop");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void until(BufferedReader in, String part) throws IOException {
    String line = in.readLine();
    while (line != null && !line.contains(part)) {
      line = in.readLine();
    }
    assertThat(line).as("a line with %s", part).isNotNull();
  }

  @Test
  void aClientThatWaitsForIt() throws Exception {
    String body = question("gpt", "hi");
    try (Socket client = new Socket(InetAddress.ofLiteral("127.0.0.1"), pod.port())) {
      OutputStream out = client.getOutputStream();
      out.write(
          ("POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      assertThat(in.readLine()).isEqualTo("HTTP/1.1 100 Continue");
      out.write(body.getBytes(StandardCharsets.UTF_8));
      until(in, "HTTP/1.1 200 OK");
    }
  }
}
