package io.warmgate.server.upstream;

import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.warmgate.config.Retry;
import io.warmgate.config.Rule;
import io.warmgate.config.Timeouts;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Observer;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.traffic.ReleaseCounters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One fetch: waits for the backend's limits, tries endpoints until one answers or nothing is left
 * to try, watches the time. Confined to the exchange's event loop.
 */
final class UpstreamCall implements OriginCall {
  private static final Retry NO_RETRY = new Retry(0, 0);

  /**
   * How often a request is sent anew because its pooled connection was being closed (RFC 9112
   * §9.3.1). That is no failure of the backend and no retry of the rule's; but where a backend goes
   * it closes many connections at once.
   */
  private static final int MAX_ANEW = 3;

  private static final Timeouts NO_TIMEOUTS = new Timeouts(0, 0);

  private final Upstream upstream;
  private final BackendPool pool;
  private final Exchange exchange;
  private final OriginRequest request;
  private final Retry retry;
  private final Timeouts timeouts;
  private final Promise<OriginResponse> head = Promise.promise();
  private final Set<Endpoint> tried = new HashSet<>(2);
  private Observer.Span span = Observer.Span.NONE;
  private @Nullable Attempt current;
  private int retries;
  private int anew;
  private boolean admitted;
  private boolean askedByName;

  /** Whether the endpoint that is asked may be one that the operator said. */
  private boolean pushed;

  private boolean ended;
  private @Nullable ScheduledFuture<?> timer;
  private boolean counted;

  /** When it was first tried, {@link System#nanoTime()}; 0: it waits for the backend's limits. */
  private long triedAt;

  /** When this try was sent; 0: it was not yet. */
  private long sentAt;

  UpstreamCall(Upstream upstream, BackendPool pool, Exchange exchange, OriginRequest request) {
    this.upstream = upstream;
    this.pool = pool;
    this.exchange = exchange;
    this.request = request;
    Rule rule = exchange.rule();
    this.retry = rule == null ? NO_RETRY : rule.retry();
    this.timeouts = rule == null ? NO_TIMEOUTS : rule.timeouts();
  }

  UpstreamCall start() {
    span = upstream.observer().span(exchange, Observer.Part.UPSTREAM);
    if (!span.traceparent().isEmpty()) {
      request.headers().set("traceparent", span.traceparent());
    }
    pool.budget().request();
    if (timeouts.requestMillis() > 0) {
      timer = later(timeouts.requestMillis(), this::timeout);
    }
    Limiter limiter = pool.limiter();
    if (limiter == null) {
      attempt();
    } else {
      limiter.acquire().onComplete(_ -> admit(limiter), this::finish);
    }
    return this;
  }

  @Override
  public Future<OriginResponse> head() {
    return head.future();
  }

  @Override
  public long sentAt() {
    return sentAt;
  }

  /** The connection is there, and takes the request. */
  void sending() {
    sentAt = System.nanoTime();
    exchange.sending();
  }

  @Override
  public void abort() {
    counted = true; // nobody wants the answer: that is no failure of the origin's
    Attempt attempt = current;
    if (attempt != null) {
      attempt.abort();
    }
    finish(new ProblemException(Problem.BAD_GATEWAY));
  }

  private void admit(Limiter limiter) {
    if (ended) {
      limiter.release();
      return;
    }
    admitted = true;
    attempt();
  }

  private void attempt() {
    sentAt = 0;
    if (triedAt == 0) {
      triedAt = System.nanoTime();
    }
    // As it is now: the operator may count as away before the endpoint refuses.
    pushed = pool.pushed();
    pool.endpoints().onComplete(this::ask, this::unresolved);
  }

  private void unresolved(Throwable cause) {
    finish(new ProblemException(Problem.NO_ENDPOINT, cause));
  }

  private void ask(List<Endpoint> endpoints) {
    if (ended) {
      return;
    }
    Endpoint endpoint =
        pool.pick(endpoints, tried, Stickiness.hash(pool.backend().loadBalancing(), exchange));
    if (endpoint == null) {
      finish(new ProblemException(Problem.NO_ENDPOINT, 1, null));
    } else if (!upstream.guard().allows(endpoint.inet())) {
      finish(new ProblemException(Problem.REFUSED_ADDRESS));
    } else {
      tried.add(endpoint);
      exchange.asking(endpoint.name());
      current = new Attempt(this, endpoint, timeouts.backendRequestMillis());
      current.start();
    }
  }

  /** No connection: nothing was sent, so that any method may be tried elsewhere. */
  void connectFailed(Endpoint endpoint, Throwable cause) {
    boolean wasClosing = cause instanceof HttpClosedException;
    if (!wasClosing) {
      pool.failed(endpoint);
    }
    if (ended) {
      return;
    }
    if (wasClosing && anew < MAX_ANEW) {
      anew++;
      attempt();
    } else if (retries < retry.attempts() && pool.budget().tryRetry()) {
      retryLater();
    } else if (!askedByName && pushed) {
      askedByName = true;
      pool.byName().onComplete(this::ask, this::unresolved);
    } else {
      finish(new ProblemException(Problem.BAD_GATEWAY, cause));
    }
  }

  /** Sent, and no answer came. */
  void lost(Endpoint endpoint, @Nullable HttpClientRequest sent, Throwable cause) {
    boolean wasClosing = onIdleConnection(sent);
    if (!wasClosing) {
      pool.failed(endpoint);
    }
    if (ended) {
      return;
    }
    if (wasClosing && anew < MAX_ANEW && repeatable()) {
      anew++;
      attempt();
    } else if (mayRetry()) {
      retryLater();
    } else {
      finish(new ProblemException(Problem.BAD_GATEWAY, cause));
    }
  }

  void tryTimedOut(Endpoint endpoint) {
    pool.failed(endpoint);
    if (mayRetry()) {
      retryLater();
    } else {
      finish(new ProblemException(Problem.BACKEND_TIMEOUT));
    }
  }

  /** The answer's head. */
  void answered(Endpoint endpoint, HttpClientRequest sent, HttpClientResponse response) {
    int status = response.statusCode();
    boolean failed = status >= 502 && status <= 504;
    if (failed) {
      pool.failed(endpoint);
    } else {
      pool.succeeded(endpoint);
    }
    Attempt attempt = current;
    if (ended || attempt == null) {
      sent.reset();
    } else if (status < 200) {
      attempt.abort();
      finish(new ProblemException(Problem.BAD_GATEWAY));
    } else if (failed && mayRetry()) {
      attempt.release();
      response.resume();
      retryLater();
    } else {
      exchange.timings().markUpstreamHead();
      count(status);
      boolean bodiless = HttpMethod.HEAD.equals(request.method()) || status == 204 || status == 304;
      head.complete(new UpstreamResponse(sent, response, bodiless, this::finished));
    }
  }

  private void finished(@Nullable Throwable cause) {
    if (cause != null && current != null) {
      pool.failed(current.endpoint());
    }
    finish(cause);
  }

  private boolean repeatable() {
    String method = request.method().name();
    return request.body() == null
        && switch (method) {
          case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> true;
          default -> false;
        };
  }

  private boolean mayRetry() {
    return retries < retry.attempts() && repeatable() && pool.budget().tryRetry();
  }

  private static boolean onIdleConnection(@Nullable HttpClientRequest sent) {
    return sent != null
        && sent.connection() instanceof ConnectionBase base
        && Wire.closedIdle(base.channel());
  }

  /** Exponential, with full jitter, so that those who failed together do not come back together. */
  private void retryLater() {
    long backoff = retry.backoffMillis() << retries++;
    long delay = backoff == 0 ? 0 : ThreadLocalRandom.current().nextLong(backoff + 1);
    if (delay == 0) {
      attempt();
    } else {
      upstream.vertx().setTimer(delay, _ -> attempt());
    }
  }

  /** The event loop's own timer: Vert.x keeps more about one than a fetch has use for. */
  private ScheduledFuture<?> later(long millis, Runnable task) {
    ContextInternal context = ((VertxInternal) upstream.vertx()).getOrCreateContext();
    return context
        .nettyEventLoop()
        .schedule(() -> context.emit(_ -> task.run()), millis, TimeUnit.MILLISECONDS);
  }

  private void timeout() {
    timer = null;
    Attempt attempt = current;
    if (attempt != null) {
      pool.failed(attempt.endpoint());
      attempt.abort();
    }
    finish(new ProblemException(Problem.BACKEND_TIMEOUT));
  }

  /**
   * @param cause null: the answer was read whole
   */
  private void finish(@Nullable Throwable cause) {
    if (ended) {
      return;
    }
    ended = true;
    if (timer != null) {
      timer.cancel(false);
    }
    Attempt attempt = current;
    if (attempt != null) {
      attempt.release();
    }
    Limiter limiter = pool.limiter();
    if (admitted && limiter != null) {
      limiter.release();
    }
    span.end(cause == null ? "ok" : outcome(cause));
    if (triedAt != 0) {
      count(0);
    }
    if (cause != null) {
      head.tryFail(cause);
    }
  }

  /**
   * The exchange has its outcome; what comes after is none.
   *
   * @param status 0: there is no answer
   */
  private void count(int status) {
    ReleaseCounters release = exchange.releaseCounters();
    if (counted || release == null) {
      return;
    }
    counted = true;
    if (status == 0) {
      release.unanswered();
    } else {
      release.answered(status, System.nanoTime() - triedAt);
    }
  }

  private static String outcome(Throwable cause) {
    return cause instanceof ProblemException problem ? problem.problem().token() : "lost";
  }

  Upstream upstream() {
    return upstream;
  }

  BackendPool pool() {
    return pool;
  }

  Exchange exchange() {
    return exchange;
  }

  OriginRequest request() {
    return request;
  }
}
