package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * One model after the other is asked until one answers, each with one of its keys after the other.
 * Where none does the client is told what became of the first. Confined to the event loop it was
 * made on.
 */
final class ChosenCall implements OriginCall {
  /** Whoever is busy for longer is not waited for. */
  private static final long PATIENCE_SECONDS = 10;

  private final Vertx vertx = Vertx.currentContext().owner();
  private final ChosenOrigin origin;
  private final OriginRequest request;
  private final Promise<OriginResponse> head = Promise.promise();
  private CallOrder order;
  private @Nullable OriginCall call;
  private @Nullable First first;
  private long timer = -1;
  private int turn;
  private int retries;
  private boolean over;

  /**
   * What became of the model that was asked first.
   *
   * @param attempt of those with its keys what a client had better be told
   */
  private record First(Choice choice, Attempt attempt) {
    First and(Choice other, Attempt more) {
      boolean isByAnotherKey = choice.equals(other) && choice.model().keys().size() > 1;
      return isByAnotherKey ? new First(choice, Attempt.better(attempt, more)) : this;
    }
  }

  /** The shortest while after which one of them may be asked again; null: none may. */
  private @Nullable Long againMillis;

  ChosenCall(ChosenOrigin origin, OriginRequest request) {
    this.origin = origin;
    this.request = request;
    this.order = origin.now();
  }

  ChosenCall start() {
    next();
    return this;
  }

  private void next() {
    Keyed who = order.next();
    Asked asked;
    try {
      asked = origin.asking().apply(who.choice());
    } catch (TranslationException e) {
      // Another model's dialect has no words for it.
      failed(++turn, who, new Attempt.Failed(new ProblemException(Problem.MODEL_REQUEST, e)));
      return;
    }
    ask(who, asked, who.choice().equals(origin.chosen()));
  }

  /**
   * @param kept whether the answer is the one that the cache asked for
   */
  private void ask(Keyed who, Asked asked, boolean kept) {
    int mine = ++turn;
    OriginCall made = origin.ask(who, asked, request);
    call = made;
    if (origin.firstTokenMillis() > 0) {
      timer = vertx.setTimer(origin.firstTokenMillis(), _ -> late(mine, who, made));
    }
    made.head()
        .compose(
            answer ->
                answer instanceof ErrorResponse || !ProviderBody.isStream(answer)
                    ? Future.succeededFuture(answer)
                    : FirstToken.await(answer, asked.model().provider()))
        .onComplete(
            answer -> {
              if (answer instanceof ErrorResponse error) {
                refused(mine, who, asked, new Attempt.Told(error));
              } else {
                answered(mine, who.choice(), kept ? null : asked, answer);
              }
            },
            cause -> failed(mine, who, new Attempt.Failed(cause)));
  }

  private void late(int mine, Keyed who, OriginCall made) {
    if (mine == turn && !over) {
      failed(mine, who, new Attempt.Failed(new ProblemException(Problem.BACKEND_TIMEOUT)));
      made.abort();
    }
  }

  /** Where the version that was found is gone, the server chooses one until another is found. */
  private void refused(int mine, Keyed who, Asked asked, Attempt attempt) {
    Asked instead = attempt.isOfVersion() ? asked.ofAnyVersion() : null;
    if (instead == null || mine != turn || over) {
      failed(mine, who, attempt);
    } else {
      vertx.cancelTimer(timer);
      ask(who, instead, false);
    }
  }

  /**
   * @param standIn what was asked in the place of what the cache asked for; null: just that
   */
  private void answered(int mine, Choice choice, @Nullable Asked standIn, OriginResponse answer) {
    if (mine != turn || over) {
      answer.abort();
      return;
    }
    vertx.cancelTimer(timer);
    over = true;
    origin.rests().answered(choice.model().model().id());
    if (standIn == null) {
      head.tryComplete(answer);
    } else {
      standIn
          .inTheWordsOf(origin.chosen().model(), answer)
          .map(told -> (OriginResponse) new StandIn(told))
          .onComplete(head);
    }
  }

  private void failed(int mine, Keyed who, Attempt attempt) {
    if (mine != turn || over) {
      return;
    }
    vertx.cancelTimer(timer);
    Choice choice = who.choice();
    first = first == null ? new First(choice, attempt) : first.and(choice, attempt);
    ErrorKind kind = attempt.kind();
    boolean isOfKey =
        attempt.isModels() && Failover.isOfKey(kind) && choice.model().keys().size() > 1;
    // What a client has written is no word on the model.
    boolean mayRest =
        attempt.isModels()
            && Failover.goesOn(kind)
            && !Failover.isOfName(choice.model().model(), kind);
    if (!isOfKey) {
      order.without(choice);
    }
    if (mayRest) {
      if (isOfKey) {
        origin.rests().failed(who.key(), kind, attempt.retryAfterSeconds());
      } else {
        origin.rests().failed(choice.model().model().id(), kind, attempt.retryAfterSeconds());
      }
    }
    if (Failover.isBusy(kind)) {
      mayAskAgain(attempt.retryAfterSeconds());
    }
    if (!attempt.isUntold() && !Failover.goesOn(kind)) {
      end(attempt);
    } else if (!order.isOver()) {
      next();
    } else if (againMillis != null && retries < origin.retry().attempts()) {
      again(againMillis);
    } else {
      end(first.attempt());
    }
  }

  private void mayAskAgain(@Nullable Long afterSeconds) {
    long millis =
        afterSeconds == null ? origin.retry().backoffMillis() << retries : afterSeconds * 1_000;
    if (millis <= PATIENCE_SECONDS * 1_000) {
      againMillis = againMillis == null ? millis : Math.min(againMillis, millis);
    }
  }

  private void again(long millis) {
    retries++;
    againMillis = null;
    turn++;
    order = origin.now();
    timer =
        vertx.setTimer(
            Math.max(1, millis),
            _ -> {
              if (!over) {
                next();
              }
            });
  }

  private void end(Attempt attempt) {
    over = true;
    switch (attempt) {
      case Attempt.Told(ErrorResponse answer) -> head.tryComplete(answer);
      case Attempt.Failed(ModelFailure failure) ->
          head.tryFail(new ProblemException(Problem.MODEL_ANSWER, failure));
      case Attempt.Failed(Throwable cause) -> head.tryFail(cause);
    }
  }

  @Override
  public Future<OriginResponse> head() {
    return head.future();
  }

  @Override
  public void abort() {
    over = true;
    vertx.cancelTimer(timer);
    if (call != null) {
      call.abort();
    }
    head.tryFail(new ProblemException(Problem.BAD_GATEWAY));
  }
}
