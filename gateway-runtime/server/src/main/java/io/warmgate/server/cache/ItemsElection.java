package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.config.Admission;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.server.cache.Fill.Verdict;
import io.warmgate.server.cache.ItemsFetch.Wanted;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.lease.Leases;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.exchange.Items;
import io.warmgate.server.exchange.Observer.Event;
import io.warmgate.server.exchange.OriginResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers for items that are not there. Those that nobody in this pod is asking for are asked for
 * at once ({@link ItemsFetch}); for the others it waits, and where that brings nothing it asks for
 * them too. Nobody waits before he has asked for what is his, so that no two wait for each other.
 */
final class ItemsElection {
  private final CachedRequest whole;
  private final HttpCache.Parts parts;
  private final List<AskedItem> items;
  private final Context context =
      Objects.requireNonNull(Vertx.currentContext(), "on an event loop");

  /** By the item's place. */
  private final Map<Integer, Items.Answer> answers = new HashMap<>();

  private boolean joined;
  private @Nullable Long ttlSeconds;

  /** Whom a request for items waits for. */
  enum Waiting {
    FOR_OTHERS,
    FOR_NOBODY
  }

  /** What came of it. */
  sealed interface Outcome {
    /** The origin's answer for all of them, which is no vectors. */
    record PassedOn(OriginResponse response, Reason notStored) implements Outcome {}

    /**
     * @param own what came for what this request asked; null: others asked for all
     * @param answers by the item's place
     * @param joined whether others asked for some
     * @param ttlSeconds what is left of the one that ends first; null: not known
     */
    record Came(
        ItemsFetch.Outcome.@Nullable Came own,
        Map<Integer, Items.Answer> answers,
        boolean joined,
        @Nullable Long ttlSeconds)
        implements Outcome {}
  }

  /**
   * @param items all of the question's
   */
  ItemsElection(CachedRequest whole, List<AskedItem> items) {
    this.whole = whole;
    this.parts = whole.parts();
    this.items = items;
  }

  /**
   * Fails where there is no answer.
   *
   * @param places of those that are asked for
   * @param decisions of all items
   */
  Future<Outcome> ask(List<Integer> places, List<Decision> decisions, Waiting waiting) {
    Fence fence = parts.log().purges().fence();
    List<Wanted> mine = new ArrayList<>();
    List<Wanted> theirs = new ArrayList<>();
    for (int place : places) {
      AskedItem item = items.get(place);
      Reason unkept = decisions.get(place) instanceof Pass pass ? pass.notStored() : null;
      Fill own = new Fill(item.found().key(), fence, parts.fills());
      Fill running = unkept == null ? running(item, own) : own;
      if (running.equals(own) || waiting == Waiting.FOR_NOBODY) {
        mine.add(new Wanted(place, item, unkept, own));
      } else {
        theirs.add(new Wanted(place, item, null, running));
      }
    }
    Future<List<Integer>> others = others(theirs);
    if (mine.isEmpty()) {
      return others.compose(left -> rest(left, decisions, null));
    }
    return new ItemsFetch(whole, mine)
        .answer()
        .compose(
            outcome ->
                switch (outcome) {
                  case ItemsFetch.Outcome.PassedOn(OriginResponse response, Reason why) ->
                      Future.succeededFuture(new Outcome.PassedOn(response, why));
                  case ItemsFetch.Outcome.Came came -> {
                    for (int i = 0; i < mine.size(); i++) {
                      answers.put(
                          mine.get(i).place(), new Items.Answer(came.each().get(i).body(), null));
                    }
                    first(came.ttlSeconds());
                    yield others.compose(left -> rest(left, decisions, came));
                  }
                });
  }

  /** Whose it is; the item's own from now on where nobody is at it. */
  private Fill running(AskedItem item, Fill own) {
    Admission admission = whole.recipe().treatment().admission();
    if (admission.minUses() > 1) {
      parts.uses().used(item.primary(), admission.withinMillis());
    }
    if (parts.layers().wasNotKept(item.found().key())) {
      return own;
    }
    Fill running =
        parts
            .fills()
            .compute(
                item.found().key(),
                (_, other) ->
                    other != null
                            && other.isJoinable(
                                parts.log().purges(),
                                whole
                                    .place()
                                    .subject(List.of(), item.primary(), item.found().key()))
                        ? other
                        : own);
    return running;
  }

  /** What nobody brought is asked for alone. */
  private Future<Outcome> rest(
      List<Integer> left, List<Decision> decisions, ItemsFetch.Outcome.@Nullable Came own) {
    if (left.isEmpty()) {
      return Future.succeededFuture(new Outcome.Came(own, answers, joined, ttlSeconds));
    }
    return ask(left, decisions, Waiting.FOR_NOBODY);
  }

  /** Waits for those that others ask for; the places of those that did not come. */
  private Future<List<Integer>> others(List<Wanted> theirs) {
    List<Integer> left = new ArrayList<>();
    List<Future<Void>> waiting = new ArrayList<>();
    for (Wanted one : theirs) {
      Promise<Void> done = Promise.promise();
      one.fill()
          .verdict()
          .timeout(Leases.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
          .otherwise(Verdict.Plain.AGAIN)
          .onSuccess(
              verdict ->
                  context.runOnContext(
                      _ ->
                          Future.succeededFuture()
                              .compose(_ -> came(one, verdict))
                              .otherwise((Items.Answer) null)
                              .map(
                                  answer -> {
                                    if (answer == null) {
                                      left.add(one.place());
                                    } else {
                                      joined = true;
                                      parts.observer().happened(Event.JOINED_IN_POD);
                                      answers.put(one.place(), answer);
                                    }
                                    return (Void) null;
                                  })
                              .onComplete(done)));
      waiting.add(done.future());
    }
    return waiting.isEmpty()
        ? Future.succeededFuture(left)
        : Future.join(waiting).map(_ -> left.stream().sorted().toList());
  }

  private Future<Items.@Nullable Answer> came(Wanted one, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Kept kept -> read(one, kept);
      case Verdict.Arrived(Found there) -> Future.succeededFuture(arrived(one, there));
      case Verdict.Plain _, Verdict.Refreshed _, Verdict.Erred _, Verdict.Failed _ ->
          Future.succeededFuture(null);
    };
  }

  private Future<Items.@Nullable Answer> read(Wanted one, Verdict.Kept kept) {
    BodyStream body =
        kept.status() == 200 && kept.key().equals(one.item().found().key())
            ? BodyStream.of(context, kept.body())
            : null;
    if (body == null) {
      return Future.succeededFuture(null);
    }
    return Content.read(body, parts.layers().largestHeld())
        .map(
            content -> content.isWhole() ? new Items.Answer(content.begin(), kept.fields()) : null);
  }

  private static Items.@Nullable Answer arrived(Wanted one, Found there) {
    StoredResponse entry = there.entry();
    return entry != null
            && entry.body() instanceof Bytes
            && there.key().equals(one.item().found().key())
            && one.item().request().decide(there) instanceof Serve
        ? CachedItems.stored(entry)
        : null;
  }

  private void first(@Nullable Long other) {
    if (other != null) {
      ttlSeconds = ttlSeconds == null ? other : Long.valueOf(Math.min(ttlSeconds, other));
    }
  }
}
