package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.warmgate.config.Model;
import io.warmgate.config.Price;
import io.warmgate.config.Telemetry;
import io.warmgate.config.Tensors;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.config.admin.TokenCounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What metrics, the access log and spans tell of models; never what was asked or answered. */
class ModelTelemetryTest {
  /** 0.25 and 2 USD a million tokens, and a tenth of a cent an answer. */
  private static final Price PRICE = new Price("USD", 250_000, 25_000, 2_000_000, 1_000_000_000);

  private final ScriptedProvider provider = ScriptedProvider.saying(OPENAI_ANSWER, OPENAI_STREAM);
  private final Telling told = new Telling();
  private final ModelPod pod = new ModelPod();

  @AfterEach
  void end() {
    pod.close();
    provider.close();
    told.close();
  }

  private void serve(Telemetry wanted) {
    pod.model(
            new Model(
                "test/gpt",
                Model.Provider.OPENAI,
                "gpt-5-mini",
                List.of("gpt"),
                null,
                512,
                List.of(),
                null,
                PRICE),
            provider.port(),
            "/v1")
        .cached(ModelPod.KEPT)
        .telling(wanted)
        .serve();
    told.of(pod);
  }

  private double value(String series) {
    return told.value(series);
  }

  private void askTwice() {
    pod.post(OPENAI, streamed("gpt", "what a s3cret"));
    pod.post(OPENAI, question("gpt", "what a s3cret"));
    await().until(() -> pod.ended.size() == 2);
  }

  @Test
  void tokensAreCountedByTheConventions() {
    serve(new Telemetry(false, null));
    askTwice();
    String of =
        "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\","
            + "gen_ai_request_model=\"gpt-5-mini\",gen_ai_response_model=\"made-by-1\"";
    String usage = "gen_ai_client_token_usage";
    assertThat(value(usage + "_sum{" + of + ",gen_ai_token_type=\"input\"}")).isEqualTo(3);
    assertThat(value(usage + "_sum{" + of + ",gen_ai_token_type=\"output\"}")).isEqualTo(2);
    assertThat(value(usage + "_count{" + of + ",gen_ai_token_type=\"output\"}")).isEqualTo(1);
    assertThat(value(usage + "_bucket{" + of + ",gen_ai_token_type=\"output\",le=\"1.0\"}"))
        .isZero();
    assertThat(value(usage + "_bucket{" + of + ",gen_ai_token_type=\"output\",le=\"4.0\"}"))
        .isEqualTo(1);
    assertThat(value("gen_ai_client_operation_duration_seconds_count{" + of + "}")).isEqualTo(1);
    assertThat(value("gen_ai_client_operation_time_to_first_chunk_seconds_count{" + of + "}"))
        .isEqualTo(1);
    assertThat(told.metrics.scrape()).doesNotContain("s3cret", "Hello");
  }

  @Test
  void moneyIsExact() {
    serve(new Telemetry(false, null));
    askTwice();
    pod.post(OPENAI, question("gpt", "what a s3cret"));
    await().until(() -> pod.ended.size() == 3);
    String of = "consumer=\"nobody\",model=\"test/gpt\",route=\"test/ai\"";
    assertThat(value("warmgate_model_tokens_total{" + of + ",type=\"input\"}")).isEqualTo(3);
    assertThat(value("warmgate_model_tokens_total{" + of + ",type=\"output\"}")).isEqualTo(2);
    assertThat(value("warmgate_model_saved_tokens_total{" + of + ",type=\"input\"}")).isEqualTo(6);
    String cost = "{consumer=\"nobody\",currency=\"USD\",model=\"test/gpt\",route=\"test/ai\"}";
    assertThat(value("warmgate_model_cost_total" + cost)).isEqualTo(0.00100475);
    assertThat(value("warmgate_model_saved_cost_total" + cost)).isEqualTo(0.0020095);
    assertThat(told.telemetry.spending().read())
        .containsExactly(
            new ModelTraffic(
                "test/gpt", PRICE, new TokenCounts(3, 0, 2, 1), new TokenCounts(6, 0, 4, 2)));
  }

  private void serveTensors(Price price) {
    provider.script = request -> request.answer("{\"outputs\":[],\"model_name\":\"m\"}");
    pod.model(
        new Model(
            "test/eye",
            Model.Provider.KSERVE_V2,
            "provider-eye",
            List.of("eye"),
            null,
            512,
            List.of(),
            Tensors.PLAIN,
            price),
        provider.port(),
        "");
    serve(new Telemetry(false, null));
  }

  /** They are no tokens: what an answer costs is all. */
  @Test
  void answersOfTensorsCostAndSaveToo() {
    serveTensors(PRICE);
    pod.post("/v2/models/eye/infer", "{\"inputs\":[]}");
    pod.post("/v2/models/eye/infer", "{\"inputs\":[]}");
    pod.get("/v2/models/eye");
    await().until(() -> pod.ended.size() == 3);
    String cost = "{consumer=\"nobody\",currency=\"USD\",model=\"test/eye\",route=\"test/ai\"}";
    assertThat(value("warmgate_model_cost_total" + cost)).isEqualTo(0.001);
    assertThat(value("warmgate_model_saved_cost_total" + cost)).isEqualTo(0.001);
    assertThat(told.telemetry.spending().read())
        .as("time that costs nothing is not counted")
        .containsExactly(
            new ModelTraffic(
                "test/eye", PRICE, new TokenCounts(0, 0, 0, 1), new TokenCounts(0, 0, 0, 1)));
  }

  @Test
  void timeOnGpusCostsAndIsSaved() {
    Price price = new Price("USD", 0, 0, 0, 0, 2_000_000_000_000L);
    serveTensors(price);
    for (int i = 0; i < 3; i++) {
      pod.post("/v2/models/eye/infer", "{\"inputs\":[]}");
    }
    await().until(() -> pod.ended.size() == 3);
    long micros = pod.inferred.getFirst().micros();
    assertThat(micros).isPositive();
    assertThat(told.telemetry.spending().read())
        .containsExactly(
            new ModelTraffic(
                "test/eye",
                price,
                new TokenCounts(0, 0, 0, 1, micros),
                new TokenCounts(0, 0, 0, 2, 2 * micros)));
    String cost = "{consumer=\"nobody\",currency=\"USD\",model=\"test/eye\",route=\"test/ai\"}";
    assertThat(value("warmgate_model_cost_total" + cost)).isEqualTo(2 * micros / 1e6);
  }

  @Test
  void callsThatFailAreCountedByHow() {
    provider.script =
        request -> request.answer("400 Bad Request", "application/json", "{\"error\":{}}");
    serve(new Telemetry(false, null));
    pod.post(OPENAI, question("gpt", "hi"));
    await().until(() -> pod.ended.size() == 1);
    assertThat(
            value(
                "gen_ai_client_operation_duration_seconds_count{error_type=\"refused\","
                    + "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\","
                    + "gen_ai_request_model=\"gpt-5-mini\"}"))
        .isEqualTo(1);
    assertThat(told.metrics.scrape()).doesNotContain("warmgate_model_cost_total{");
  }

  @Test
  void theAccessLogHasTheLastCall() {
    serve(new Telemetry(true, null));
    askTwice();
    List<JsonNode> lines = told.lines();
    assertThat(lines).hasSize(2);
    JsonNode miss = lines.getFirst();
    assertThat(miss.path("model").asText()).isEqualTo("test/gpt");
    assertThat(miss.path("inputTokens").asLong()).isEqualTo(3);
    assertThat(miss.path("outputTokens").asLong()).isEqualTo(2);
    assertThat(miss.path("firstTokenMs").asDouble()).isPositive();
    assertThat(miss.has("savedTokens")).isFalse();
    JsonNode hit = lines.getLast();
    assertThat(hit.path("model").asText()).isEqualTo("test/gpt");
    assertThat(hit.path("savedTokens").asLong()).isEqualTo(5);
    assertThat(hit.has("inputTokens")).isFalse();
    assertThat(told.log()).doesNotContain("s3cret", "Hello");
  }

  @Test
  void aCallIsASpanOfItsOwn() throws Exception {
    BlockingQueue<byte[]> collected = new LinkedBlockingQueue<>();
    HttpServer collector = collector(collected);
    try {
      serve(
          new Telemetry(
              false,
              new Telemetry.Tracing("http://127.0.0.1:" + collector.getAddress().getPort(), 100)));
      pod.post(OPENAI, streamed("gpt", "what a s3cret"));
      String spans =
          new String(Objects.requireNonNull(collected.poll(20, TimeUnit.SECONDS)), ISO_8859_1);
      assertThat(spans)
          .contains("chat gpt-5-mini", "gen_ai.provider.name", "gen_ai.usage.output_tokens")
          .contains("made-by-1", "POST test/ai")
          .doesNotContain("s3cret", "Hello");
    } finally {
      told.telemetry.close();
      collector.stop(0);
    }
  }

  private static HttpServer collector(BlockingQueue<byte[]> collected) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          collected.add(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
