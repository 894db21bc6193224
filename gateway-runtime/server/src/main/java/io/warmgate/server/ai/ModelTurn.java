package io.warmgate.server.ai;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.warmgate.ai.Front;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.anthropic.AnthropicFront;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.openai.OpenAiFront;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Rule;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.ModelStep;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.filter.HeaderChange;
import io.warmgate.server.uri.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One request to a rule of models. Confined to its event loop. */
final class ModelTurn implements ModelStep.Turn {
  /** Pictures of a conversation are in it, again with each turn. */
  private static final int MOST_CONTENT = 32 << 20;

  private final Exchange exchange;
  private final Map<String, ServedModel> models;
  private final Operation operation;
  private final Front front;
  private @Nullable BackendRef share;
  private @Nullable Asked asked;

  ModelTurn(Exchange exchange, Map<String, ServedModel> models) {
    this.exchange = exchange;
    this.models = models;
    String path = exchange.target().path();
    this.operation = Operation.of(path);
    boolean lists = operation == Operation.MODELS || operation == Operation.MODEL;
    this.front =
        Operation.isOfMessages(path) || (lists && isAnthropics())
            ? new AnthropicFront()
            : new OpenAiFront(exchange.timings().startedAtMillis() / 1000);
  }

  @Override
  public Future<Void> read(@Nullable ReadStream<Buffer> content) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    if (rule.unavailable() != null) {
      return Future.failedFuture(new ProblemException(Problem.UNAVAILABLE));
    }
    if (operation == Operation.UNKNOWN || operation == Operation.EMBEDDINGS) {
      return Future.failedFuture(new ProblemException(Problem.NO_OPERATION));
    }
    HttpServerRequest request = exchange.request();
    if (!operation.method().equals(request.method().name())) {
      return Future.failedFuture(new ProblemException(Problem.METHOD_NOT_ALLOWED));
    }
    expectContent(request);
    if (operation == Operation.MODELS || operation == Operation.MODEL) {
      return Future.succeededFuture();
    }
    return Content.read(content, MOST_CONTENT)
        .map(
            read -> {
              if (!read.isWhole()) {
                throw new ProblemException(Problem.BODY_TOO_LARGE);
              }
              exchange.content(read::stream);
              understand(rule, read.begin().getBytes());
              return null;
            });
  }

  /** RFC 9110 §10.1.1: the client waits for a 100 until its content is read here. */
  private static void expectContent(HttpServerRequest request) {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
      request.headers().remove(HttpHeaderNames.EXPECT);
      request.response().writeContinue();
    }
  }

  private void understand(Rule rule, byte[] sent) {
    try {
      ChatRequest request = front.readRequest(sent);
      Choice choice =
          Choice.of(rule, models, request.model(), ThreadLocalRandom.current()::nextLong);
      Asked question =
          ChatAsked.of(
              front,
              request,
              sent,
              choice.model(),
              exchange.request().headers(),
              exchange.timings().startedAtMillis() / 1000);
      asked = question;
      share = choice.share();
      exchange.question(question.question());
      exchange.reply().rewrittenBy(question.rewriting());
    } catch (TranslationException e) {
      throw new ProblemException(Problem.MODEL_REQUEST, e);
    }
  }

  @Override
  public @Nullable BackendRef backend() {
    return share;
  }

  @Override
  public Future<Void> answer() {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    List<String> names = Choice.names(rule, models).sorted().toList();
    ModelList list = isAnthropics() ? ModelList.ANTHROPIC : ModelList.OPENAI;
    Buffer body =
        operation == Operation.MODELS
            ? list.all(names)
            : Buffer.buffer(
                Json.bytes(
                    list.one(
                        ModelList.named(exchange.target().path(), names)
                            .orElseThrow(() -> new ProblemException(Problem.NO_MODEL)))));
    exchange.reason("models");
    exchange
        .reply()
        .status(200)
        .headers()
        .set("content-type", "application/json")
        .set("cache-control", "no-store");
    return exchange.reply().end(body);
  }

  /** Who lists models says by a field of his own that he speaks Anthropic's dialect. */
  private boolean isAnthropics() {
    return exchange.request().headers().contains("anthropic-version");
  }

  @Override
  public Origin asking(Origin backend, @Nullable Target host, List<HeaderChange> changes) {
    Asked question = Objects.requireNonNull(asked, "it was read");
    return new ModelOrigin(backend, question, host, changes);
  }

  @Override
  public ModelStep.Told problem(ProblemException problem) {
    return Problems.told(front, operation, problem);
  }
}
