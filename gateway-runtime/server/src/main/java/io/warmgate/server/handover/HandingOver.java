package io.warmgate.server.handover;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import io.warmgate.server.exchange.Elsewhere;
import io.warmgate.server.exchange.Elsewhere.Outcome;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.GatewayHandler;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.upstream.Endpoint;
import io.warmgate.server.upstream.Joined;
import io.warmgate.server.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to another pod. Content is sent when that pod has said that it reads it
 * (RFC 9110 §10.1.1): until then nothing of it was read, and this pod can answer. Confined to the
 * exchange's event loop.
 */
final class HandingOver {
  /** A pod that is not connected to within so many milliseconds is not waited for. */
  private static final long REACH_MILLIS = 500;

  private final Handovers handovers;
  private final Exchange exchange;
  private final Endpoint pod;
  private final String token;
  private final Promise<Outcome> outcome = Promise.promise();
  private long timer = -1;
  private @Nullable HttpClientRequest sent;

  /** Whether it was decided who answers. */
  private boolean decided;

  private boolean contentRead;
  private boolean contentSent;
  private boolean released;

  HandingOver(Handovers handovers, Exchange exchange, Endpoint pod, String token) {
    this.handovers = handovers;
    this.exchange = exchange;
    this.pod = pod;
    this.token = token;
  }

  Future<Outcome> start() {
    pod.begin();
    HttpServerResponse client = exchange.request().response();
    client.closeHandler(_ -> abort());
    client.exceptionHandler(_ -> abort());
    timer = handovers.vertx().setTimer(REACH_MILLIS, _ -> unreachable());
    RequestOptions options =
        new RequestOptions()
            .setMethod(exchange.request().method())
            .setURI(exchange.request().uri())
            .setServer(pod.address())
            .setHost("warmgate")
            .setPort(pod.inet().getPort())
            .setFollowRedirects(false);
    handovers.client().request(options).onComplete(this::send, _ -> unreachable());
    return outcome.future();
  }

  private void send(HttpClientRequest connected) {
    cancelTimer();
    if (decided) {
      connected.reset();
      return;
    }
    sent = connected;
    MultiMap headers = connected.headers();
    HandedHead.write(exchange, handovers.pod(), token, headers);
    connected.earlyHintsHandler(hints -> exchange.reply().earlyHints(hints));
    connected.exceptionHandler(this::lost);
    if (GatewayHandler.upgrades(exchange)) {
      headers.set("connection", "Upgrade");
      connected.connect().onComplete(this::answered, this::lost);
      return;
    }
    connected.response().onComplete(this::answered, this::lost);
    if (exchange.hasContent()) {
      connected.setChunked(!headers.contains("content-length"));
      headers.set("expect", "100-continue");
      connected.continueHandler(_ -> sendContent(connected));
      connected.writeHead().onFailure(this::lost);
    } else {
      connected.end().onFailure(this::lost);
    }
  }

  private void sendContent(HttpClientRequest connected) {
    if (contentRead || released) {
      return;
    }
    contentRead = true;
    HttpServerRequest client = exchange.request();
    if ("100-continue".equalsIgnoreCase(client.getHeader("expect"))) {
      client.response().writeContinue();
    }
    client.exceptionHandler(_ -> abort());
    client.handler(
        chunk -> {
          connected.write(chunk);
          if (connected.writeQueueFull()) {
            client.pause();
            connected.drainHandler(_ -> client.resume());
          }
        });
    client.endHandler(
        _ -> {
          contentSent = true;
          connected.end();
        });
    client.resume();
  }

  private void answered(HttpClientResponse response) {
    HttpClientRequest request = sent;
    if (decided || request == null) {
      return;
    }
    decided = true;
    if (response.statusCode() == 101) {
      upgraded(response);
    } else if (response.getHeader(HandedHead.ANSWERED) == null) {
      request.reset();
      pod.failed(OtherPods.LEFT_ALONE, System.nanoTime());
      notTaken(HandoverCounts.Outcome.TO_REFUSED);
    } else {
      response.pause();
      stream(request, response);
    }
  }

  private void stream(HttpClientRequest request, HttpClientResponse response) {
    answeredThere();
    int status = response.statusCode();
    boolean bodiless =
        HttpMethod.HEAD.equals(exchange.request().method()) || status == 204 || status == 304;
    UpstreamResponse answer = new UpstreamResponse(request, response, bodiless, _ -> over(request));
    answer.headers().remove(HandedHead.ANSWERED);
    exchange.reply().stream(answer).onComplete(_ -> done(), this::broken);
  }

  /** An answer that did not wait for the content: the connection still waits for it. */
  private void over(HttpClientRequest request) {
    release();
    if (exchange.hasContent() && !contentSent) {
      request.reset();
    }
  }

  private void upgraded(HttpClientResponse response) {
    answeredThere();
    NetSocket there = response.netSocket();
    there.pause();
    MultiMap headers = exchange.reply().status(101).headers();
    headers.addAll(response.headers());
    HandedHead.strip(headers);
    exchange
        .reply()
        .upgraded()
        .compose(client -> Joined.join(client, there))
        .onFailure(_ -> there.close())
        .onComplete(_ -> done(), this::broken);
  }

  private void answeredThere() {
    exchange.handedTo(pod.name());
    exchange.reason(Elsewhere.REASON);
  }

  private void done() {
    release();
    handovers.counts().add(HandoverCounts.Outcome.TO_ANSWERED);
    outcome.tryComplete(Outcome.ANSWERED);
  }

  private void broken(Throwable cause) {
    release();
    handovers.counts().add(HandoverCounts.Outcome.TO_BROKEN);
    outcome.tryFail(cause);
  }

  private void unreachable() {
    cancelTimer();
    if (!decided) {
      decided = true;
      pod.failed(OtherPods.LEFT_ALONE, System.nanoTime());
      notTaken(HandoverCounts.Outcome.TO_UNREACHABLE);
    }
  }

  /** Sent, and no answer came. */
  private void lost(Throwable cause) {
    if (decided) {
      return;
    }
    decided = true;
    pod.failed(OtherPods.LEFT_ALONE, System.nanoTime());
    if (mayAskAgain()) {
      notTaken(HandoverCounts.Outcome.TO_LOST);
    } else {
      exchange.handedTo(pod.name());
      broken(new ProblemException(Problem.BAD_GATEWAY, cause));
    }
  }

  /** RFC 9110 §9.2.1: safe, and nothing of it was used up. Content unread cannot have acted. */
  private boolean mayAskAgain() {
    if (exchange.hasContent()) {
      return !contentRead;
    }
    return switch (exchange.request().method().name()) {
      case "GET", "HEAD", "OPTIONS" -> true;
      default -> false;
    };
  }

  private void notTaken(HandoverCounts.Outcome why) {
    release();
    handovers.counts().add(why);
    outcome.tryComplete(Outcome.NOT_TAKEN);
  }

  /** The client went away before the answer began. */
  private void abort() {
    if (decided && exchange.reply().begun()) {
      return;
    }
    boolean before = decided;
    decided = true;
    cancelTimer();
    HttpClientRequest request = sent;
    if (request != null) {
      request.reset();
    }
    if (!before) {
      answeredThere();
      broken(new ProblemException(Problem.BAD_GATEWAY));
    }
  }

  private void cancelTimer() {
    if (timer >= 0) {
      handovers.vertx().cancelTimer(timer);
      timer = -1;
    }
  }

  private void release() {
    if (!released) {
      released = true;
      pod.end();
    }
  }
}
