package io.warmgate.server.ai;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.warmgate.ai.Front;
import io.warmgate.ai.anthropic.AnthropicFront;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.openai.CompletionsFront;
import io.warmgate.ai.openai.OpenAiFront;
import io.warmgate.ai.responses.ResponsesFront;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Model;
import io.warmgate.config.Rule;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.ModelStep;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.filter.HeaderChange;
import io.warmgate.server.prompt.CompiledPrompt;
import io.warmgate.server.prompt.OpenApi;
import io.warmgate.server.prompt.PromptFront;
import io.warmgate.server.uri.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request to a rule of models. Confined to its event loop. */
final class ModelTurn implements ModelStep.Turn {
  private final Exchange exchange;
  private final Map<String, ServedModel> models;
  private final @Nullable CompiledPrompt prompt;
  private final Operation operation;
  private final Front front;
  private final Rests rests;
  private final Function<Exchange, Asker> asker;
  private final QuestionMemory memory;
  private final Consumer<Inference> told;
  private @Nullable Understood read;
  private @Nullable Spared spared;

  /**
   * @param asker whoever asks, once that is known
   */
  ModelTurn(
      Exchange exchange,
      ModelServing serving,
      Function<Exchange, Asker> asker,
      Consumer<Inference> told) {
    this.exchange = exchange;
    this.models = serving.models();
    this.rests = serving.rests();
    this.memory = serving.memory();
    this.asker = asker;
    this.told = told;
    String path = exchange.target().path();
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    this.prompt = rule.prompt() == null ? null : serving.prompts().get(rule.prompt());
    if (prompt != null) {
      this.operation = Operation.ofPrompt(path);
      this.front = new PromptFront(prompt, wanted(exchange.request()));
      return;
    }
    this.operation = Operation.of(path);
    boolean lists = operation == Operation.MODELS || operation == Operation.MODEL;
    this.front =
        Operation.isOfMessages(path) || (lists && isAnthropics())
            ? new AnthropicFront()
            : ofOpenAi(operation, nowSeconds());
  }

  /** A prompt's answer streams where the client asks for that alone. */
  private static Delivery.Form wanted(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaderNames.ACCEPT);
    return accept != null && accept.toLowerCase(Locale.ROOT).startsWith("text/event-stream")
        ? Delivery.Form.STREAM
        : Delivery.Form.WHOLE;
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
    SentBody.expect(request);
    if (operation.isAboutModels()) {
      return Future.succeededFuture();
    }
    return SentBody.read(exchange, content)
        .compose(sent -> OffLoop.where(sent.length, () -> reader(rule).read(operation, sent)))
        .map(
            understood -> {
              read = understood;
              if (understood.question() != null) {
                exchange.question(understood.question());
              }
              spared = new Spared(exchange, understood.asked().model().model());
              exchange
                  .reply()
                  .rewrittenBy(spared.watching(understood.rewriting().apply(spared::came)));
              return null;
            });
  }

  private QuestionReader reader(Rule rule) {
    return new QuestionReader(
        front,
        rule,
        models,
        asker.apply(exchange),
        memory,
        exchange.request().headers(),
        nowSeconds());
  }

  private long nowSeconds() {
    return exchange.timings().startedAtMillis() / 1000;
  }

  @Override
  public @Nullable BackendRef backend() {
    return read == null ? null : read.order().getFirst().share();
  }

  @Override
  public @Nullable Model model() {
    return read == null ? null : read.asked().model().model();
  }

  @Override
  public @Nullable Expected expected(@Nullable List<Integer> items) {
    Asked asked = read == null ? null : read.asked();
    return asked == null ? null : items == null ? asked.expected() : asked.expected(items);
  }

  @Override
  public Future<Void> answer() {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    if (operation == Operation.PROMPT_DOCUMENT) {
      return document(rule);
    }
    List<String> names = Choice.names(rule, models, asker.apply(exchange)).sorted().toList();
    ModelList list = isAnthropics() ? ModelList.ANTHROPIC : ModelList.OPENAI;
    Buffer body =
        operation == Operation.MODELS
            ? list.all(names)
            : Buffer.buffer(
                Json.bytes(
                    list.one(
                        ModelList.named(exchange.target().path(), names)
                            .orElseThrow(() -> new ProblemException(Problem.NO_MODEL)))));
    return told("models", body);
  }

  private Future<Void> document(Rule rule) {
    Target target = exchange.target();
    return told(
        "openapi",
        OpenApi.document(
            Objects.requireNonNull(prompt, "a rule with a prompt"),
            exchange.routeId() + " " + rule.id(),
            target.scheme() + "://" + target.authority(),
            Operation.documented(target.path()),
            rule.access()));
  }

  private Future<Void> told(String reason, Buffer body) {
    exchange.reason(reason);
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
    return Objects.requireNonNull(spared, "it was read").watching(origin(backends, changes));
  }

  private Origin origin(ModelStep.Backends backends, List<HeaderChange> changes) {
    Understood question = Objects.requireNonNull(read, "it was read");
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    return question.origin(rule, backends, changes, rests, told);
  }

  @Override
  public ModelStep.Told problem(ProblemException problem) {
    return Problems.told(front, operation.method(), problem);
  }
}
