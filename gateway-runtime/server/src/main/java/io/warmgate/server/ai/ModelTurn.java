package io.warmgate.server.ai;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.warmgate.ai.Front;
import io.warmgate.ai.anthropic.AnthropicFront;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.openai.CompletionsFront;
import io.warmgate.ai.openai.OpenAiFront;
import io.warmgate.ai.responses.ResponsesFront;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Rule;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.ModelStep;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.filter.HeaderChange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request to a rule of models. Confined to its event loop. */
final class ModelTurn implements ModelStep.Turn {
  /** Pictures of a conversation are in it, again with each turn. */
  private static final int MOST_CONTENT = 32 << 20;

  private final Exchange exchange;
  private final Map<String, ServedModel> models;
  private final Operation operation;
  private final Front front;
  private final Rests rests;
  private final QuestionMemory memory;
  private final Consumer<Inference> told;
  private @Nullable Understood read;

  ModelTurn(Exchange exchange, ModelServing serving, Consumer<Inference> told) {
    this.exchange = exchange;
    this.models = serving.models();
    this.rests = serving.rests();
    this.memory = serving.memory();
    this.told = told;
    String path = exchange.target().path();
    this.operation = Operation.of(path);
    boolean lists = operation == Operation.MODELS || operation == Operation.MODEL;
    this.front =
        Operation.isOfMessages(path) || (lists && isAnthropics())
            ? new AnthropicFront()
            : ofOpenAi(operation, nowSeconds());
  }

  private static Front ofOpenAi(Operation operation, long nowSeconds) {
    return switch (operation) {
      case RESPONSES -> new ResponsesFront(nowSeconds);
      case COMPLETIONS -> new CompletionsFront(nowSeconds);
      default -> new OpenAiFront(nowSeconds);
    };
  }

  @Override
  public Future<Void> read(@Nullable ReadStream<Buffer> content) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    if (rule.unavailable() != null) {
      return Future.failedFuture(new ProblemException(Problem.UNAVAILABLE));
    }
    if (operation == Operation.UNKNOWN) {
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
        .compose(
            sent -> {
              if (!sent.isWhole()) {
                throw new ProblemException(Problem.BODY_TOO_LARGE);
              }
              exchange.content(sent::stream);
              return understood(reader(rule), sent.begin().getBytes());
            })
        .map(
            understood -> {
              read = understood;
              if (understood.question() != null) {
                exchange.question(understood.question());
              }
              exchange.reply().rewrittenBy(understood.rewriting());
              return null;
            });
  }

  private QuestionReader reader(Rule rule) {
    return new QuestionReader(
        front, rule, models, memory, exchange.request().headers(), nowSeconds());
  }

  /** What is large is read where no other request waits for it. */
  private Future<Understood> understood(QuestionReader reader, byte[] sent) {
    return sent.length < QuestionReader.LARGE
        ? Future.succeededFuture(reader.read(operation, sent))
        : Vertx.currentContext().executeBlocking(() -> reader.read(operation, sent), false);
  }

  /** RFC 9110 §10.1.1: the client waits for a 100 until its content is read here. */
  private static void expectContent(HttpServerRequest request) {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
      request.headers().remove(HttpHeaderNames.EXPECT);
      request.response().writeContinue();
    }
  }

  private long nowSeconds() {
    return exchange.timings().startedAtMillis() / 1000;
  }

  @Override
  public @Nullable BackendRef backend() {
    return read == null ? null : read.order().getFirst().share();
  }

  @Override
  public @Nullable Expected expected() {
    return read == null ? null : read.asked().expected();
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
  public Origin asking(ModelStep.Backends backends, List<HeaderChange> changes) {
    Understood question = Objects.requireNonNull(read, "it was read");
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    Choice chosen = question.order().getFirst();
    Long firstToken = rule.timeouts().firstTokenMillis();
    if (question.order().size() == 1 && firstToken == null && rule.retry().attempts() == 0) {
      return new ModelOrigin(
          backends.origin(chosen.share()),
          question.asked(),
          backends.host(chosen.share()),
          changes,
          told);
    }
    return new ChosenOrigin(
        question.order(),
        choice -> choice.equals(chosen) ? question.asked() : question.of().apply(choice),
        backends,
        changes,
        rests,
        firstToken == null ? 0 : firstToken,
        rule.retry(),
        told);
  }

  @Override
  public ModelStep.Told problem(ProblemException problem) {
    return Problems.told(front, operation, problem);
  }
}
