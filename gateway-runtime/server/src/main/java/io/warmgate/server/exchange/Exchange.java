package io.warmgate.server.exchange;

import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Listener;
import io.warmgate.config.Model;
import io.warmgate.config.Rule;
import io.warmgate.server.filter.Client;
import io.warmgate.server.traffic.Missed;
import io.warmgate.server.traffic.ReleaseCounters;
import io.warmgate.server.traffic.RuleCounters;
import io.warmgate.server.uri.Target;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the steps know of one request, from its head to the end of its answer. Confined to the
 * request's event loop. What is not known yet, or never will be, is null.
 */
public final class Exchange {
  /** Hashed once: it is looked for in every request. */
  private static final AsciiString TRACEPARENT = AsciiString.cached("traceparent");

  private final HttpServerRequest request;
  private final Listener listener;
  private final Arrival arrival;
  private final Client client;
  private final Target target;
  private final Timings timings = new Timings();
  private final Reply reply;
  private final boolean hasContent;
  private @Nullable String routeId;
  private @Nullable Rule rule;
  private @Nullable String release;
  private Caller caller = Caller.NOBODY;
  private ModelStep.@Nullable Turn model;
  private LimitStep.@Nullable Turn turn;
  private @Nullable String overLimit;
  private @Nullable BackendRef backend;
  private @Nullable String endpoint;
  private int tries;
  private boolean sent;
  private @Nullable String idempotency;
  private @Nullable Supplier<ReadStream<Buffer>> content;
  private @Nullable Question question;
  private @Nullable Inference inference;
  private @Nullable Saved saved;
  private @Nullable String handedTo;
  private String reason = "";
  private @Nullable String refused;
  private @Nullable String notStored;
  private @Nullable Missed missed;
  private @Nullable RuleCounters ruleCounters;
  private @Nullable ReleaseCounters releaseCounters;
  private @Nullable String traceparent;
  private @Nullable Object telemetry;
  private Function<Exchange, OriginRequest> originRequests =
      _ -> {
        throw new IllegalStateException("no backend was chosen");
      };

  public Exchange(
      HttpServerRequest request, Listener listener, Arrival arrival, Client client, Target target) {
    this.request = request;
    this.listener = listener;
    this.arrival = arrival;
    this.client = client;
    this.target = target;
    this.reply = new Reply(request);
    this.hasContent = RequestBody.length(request) != 0;
    this.traceparent = request.headers().get(TRACEPARENT);
  }

  public HttpServerRequest request() {
    return request;
  }

  public Listener listener() {
    return listener;
  }

  public Arrival arrival() {
    return arrival;
  }

  public Client client() {
    return client;
  }

  /** Whether the request's head says that content follows (RFC 9112 §6.3). */
  public boolean hasContent() {
    return hasContent;
  }

  /** As the client asked, normalised; what is keyed. Rewrites do not change it. */
  public Target target() {
    return target;
  }

  public Timings timings() {
    return timings;
  }

  /** The answer to the client. */
  public Reply reply() {
    return reply;
  }

  /** {@code namespace/name} of the ApiRoute. */
  public @Nullable String routeId() {
    return routeId;
  }

  public @Nullable Rule rule() {
    return rule;
  }

  /** Name of the release that the rule is a part of; null where its route has one alone. */
  public @Nullable String release() {
    return release;
  }

  /**
   * Sets route and rule, once matched.
   *
   * @param matchedRelease null where the route has one side alone
   */
  public void matched(String matchedRoute, Rule matchedRule, @Nullable String matchedRelease) {
    this.routeId = matchedRoute;
    this.rule = matchedRule;
    this.release = matchedRelease;
  }

  /** Who asks; nobody before it was verified. */
  public Caller caller() {
    return caller;
  }

  public void caller(Caller verified) {
    caller = verified;
  }

  /** Its way to a model; null: its rule asks none, or that is not known yet. */
  ModelStep.@Nullable Turn model() {
    return model;
  }

  /** The model that was chosen for it; null: none is asked, or that is not known yet. */
  public @Nullable Model chosenModel() {
    return model == null ? null : model.model();
  }

  /**
   * What asking its model will take; null: none is asked, or that is not known yet.
   *
   * @param items those that are asked, as in {@link OriginRequest#items}
   */
  public @Nullable Expected expected(@Nullable List<Integer> items) {
    return model == null ? null : model.expected(items);
  }

  void model(ModelStep.Turn begun) {
    model = begun;
  }

  /** Its way through its limits; null: none concerns it, or that is not known yet. */
  LimitStep.@Nullable Turn turn() {
    return turn;
  }

  void turn(LimitStep.Turn begun) {
    turn = begun;
  }

  /** Names of the limits that it was above, with commas; null: of none. */
  public @Nullable String overLimit() {
    return overLimit;
  }

  /** It was above this limit, whether that refused it or not. */
  public void over(String limit) {
    overLimit = overLimit == null ? limit : overLimit + "," + limit;
  }

  /** The chosen share of the rule: its {@code generation} is part of the cache key. */
  public @Nullable BackendRef backend() {
    return backend;
  }

  /** Sets what the origin is and how it is asked. */
  public void chosen(BackendRef chosen, Function<Exchange, OriginRequest> requests) {
    this.backend = chosen;
    this.originRequests = requests;
  }

  /** A new request to the backend: filters, rewrite and forwarding fields are applied. */
  public OriginRequest originRequest() {
    OriginRequest asked = originRequests.apply(this);
    return content == null || asked.body() == null ? asked : asked.withBody(content.get());
  }

  /**
   * Its content was read, and is what backends are sent from now on.
   *
   * @param held gives it, paused, each time that it is called
   */
  public void content(Supplier<ReadStream<Buffer>> held) {
    content = held;
  }

  /** What a model is asked; null: no model is, or no answer is kept. */
  public @Nullable Question question() {
    return question;
  }

  public void question(Question read) {
    question = read;
  }

  /** The last call to a model that ended; null: none did. */
  public @Nullable Inference inference() {
    return inference;
  }

  void inferred(Inference last) {
    inference = last;
  }

  /** What a model was not asked for; null: nothing, or that is not known yet. */
  public @Nullable Saved saved() {
    return saved;
  }

  public void saved(Saved spared) {
    saved = spared;
  }

  /** A backend may get some of it from now on. */
  public void sending() {
    sent = true;
  }

  /** Whether a backend may have got some of it: it may have acted. */
  public boolean isSent() {
    return sent;
  }

  /** What its idempotency key came to, one word; null: it has none that counts. */
  public @Nullable String idempotency() {
    return idempotency;
  }

  public void idempotency(String outcome) {
    idempotency = outcome;
  }

  /** {@code address:port} that was asked last. */
  public @Nullable String endpoint() {
    return endpoint;
  }

  /** How often a backend was asked. */
  public int tries() {
    return tries;
  }

  public void asking(String address) {
    endpoint = address;
    tries++;
    timings.markUpstreamStarted();
  }

  /** {@code address:port} of the other pod that answered; null: this one did. */
  public @Nullable String handedTo() {
    return handedTo;
  }

  public void handedTo(String address) {
    handedTo = address;
  }

  /** Why the answer is what it is: one stable word; empty until somebody decided. */
  public String reason() {
    return reason;
  }

  public void reason(String token) {
    reason = token;
  }

  /**
   * Why the credential did not count: one stable word; null where it did, or none was asked for.
   */
  public @Nullable String refused() {
    return refused;
  }

  public void refused(String token) {
    refused = token;
  }

  /** Why the origin's answer was not kept; null where it was, or there was none. */
  public @Nullable String notStored() {
    return notStored;
  }

  public void notStored(String token) {
    notStored = token;
  }

  /** Why no cache answered, as far as the lookup knows; null where it did, or none was asked. */
  public @Nullable Missed missed() {
    return missed;
  }

  public void missed(Missed why) {
    missed = why;
  }

  /** What it is counted by; null where it has no rule, or is not to be counted. */
  public @Nullable RuleCounters ruleCounters() {
    return ruleCounters;
  }

  /** The same of the release that answers; null where no backend was chosen. */
  public @Nullable ReleaseCounters releaseCounters() {
    return releaseCounters;
  }

  /** It is a client's, and counts for this rule. */
  public void countedBy(RuleCounters rule) {
    ruleCounters = rule;
  }

  /** It counts for this release, as do its exchanges with the origin. */
  public void countedBy(@Nullable ReleaseCounters release) {
    releaseCounters = release;
  }

  /** What is sent to the backend: the client's, or the one that tracing put in its place. */
  public @Nullable String traceparent() {
    return traceparent;
  }

  public void traceparent(@Nullable String value) {
    traceparent = value;
  }

  /** What the observer keeps with the exchange. */
  public @Nullable Object telemetry() {
    return telemetry;
  }

  public void telemetry(Object kept) {
    telemetry = kept;
  }
}
