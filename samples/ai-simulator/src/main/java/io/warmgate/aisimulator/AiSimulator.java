package io.warmgate.aisimulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.warmgate.aisimulator.anthropic.AnthropicDialect;
import io.warmgate.aisimulator.azure.AzureDialect;
import io.warmgate.aisimulator.bedrock.BedrockDialect;
import io.warmgate.aisimulator.gemini.GeminiDialect;
import io.warmgate.aisimulator.http.Control;
import io.warmgate.aisimulator.http.Front;
import io.warmgate.aisimulator.http.SimulatorServer;
import io.warmgate.aisimulator.mistral.MistralDialect;
import io.warmgate.aisimulator.model.ModelBehavior;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.openai.OpenAiDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/** A simulator that runs. */
public final class AiSimulator implements AutoCloseable {
  private final Vertx vertx;
  private final String host;
  private final int port;

  private AiSimulator(Vertx vertx, String host, int port) {
    this.vertx = vertx;
    this.host = host;
    this.port = port;
  }

  /** Starts one, and returns when it takes requests. */
  public static AiSimulator start(SimulatorOptions options) {
    Clock clock = Clock.systemUTC();
    var models = new ServedModels(shipped(), clock);
    var openAi = new OpenAiDialect(options.keys(), models, clock);
    var front =
        new Front(
            models,
            openAi,
            new AnthropicDialect(options.keys(), models),
            Map.of(
                BedrockDialect.BASE, new BedrockDialect(options.keys(), models, clock),
                AzureDialect.BASE, new AzureDialect(options.keys(), openAi),
                GeminiDialect.BASE, new GeminiDialect(options.keys(), models),
                MistralDialect.BASE, new MistralDialect(options.keys(), openAi)));
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(options.eventLoops())
                .setPreferNativeTransport(false));
    try {
      var first = new SimulatorServer(front, options.host(), options.port());
      vertx.deployVerticle(first).await();
      for (int i = 1; i < options.eventLoops(); i++) {
        vertx.deployVerticle(new SimulatorServer(front, options.host(), first.port())).await();
      }
      return new AiSimulator(vertx, options.host(), first.port());
    } catch (RuntimeException failed) {
      vertx.close().await();
      throw failed;
    }
  }

  private static Map<String, ModelBehavior> shipped() {
    try (InputStream in = AiSimulator.class.getResourceAsStream("models.json")) {
      return Control.read(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException("models.json cannot be read", broken);
    }
  }

  /** Where it is, without a path; Anthropic's base URL. OpenAI's is {@code /v1} there. */
  public URI url() {
    return URI.create("http://%s:%d".formatted(host, port));
  }

  @Override
  public void close() {
    Future<Void> closed = vertx.close();
    closed.await();
  }
}
