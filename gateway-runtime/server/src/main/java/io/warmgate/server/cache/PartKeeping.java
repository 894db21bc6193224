package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.Piece;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.rule.Combining;
import io.warmgate.httpcache.rule.PartialStorage.Storable;
import io.warmgate.httpcache.rule.RangeDecision.Ask;
import io.warmgate.httpcache.rule.RangeDecision.AskRest;
import io.warmgate.httpcache.rule.StoreDecision.Keep;
import io.warmgate.server.cache.Incomplete.At;
import io.warmgate.server.cache.RangeFill.Verdict;
import io.warmgate.server.exchange.OriginResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a 206: whether, with what, and while it is being read. It is judged as the 200
 * that it is a part of, by {@link Keeping}; the policy's sizes are of the whole, and of what is
 * kept as much as fits into memory.
 */
final class PartKeeping {
  private final RangeRequest range;
  private final CachedRequest request;
  private final RequestView whole;
  private final @Nullable PartialResponse entry;
  private final Ask ask;
  private final RangeFill fill;
  private final Context context = Vertx.currentContext();

  /**
   * @param whole what is asked, without the range
   * @param entry null: nothing is stored
   */
  PartKeeping(
      RangeRequest range,
      RequestView whole,
      @Nullable PartialResponse entry,
      Ask ask,
      RangeFill fill) {
    this.range = range;
    this.request = range.request();
    this.whole = whole;
    this.entry = entry;
    this.ask = ask;
    this.fill = fill;
  }

  /** Who judges and keeps the whole; nobody waits for it. */
  static Keeping keeping(RangeRequest range, RequestView whole, RangeFill fill) {
    HttpCache.Parts parts = range.request().parts();
    Fill alone = new Fill(range.found().key(), fill.fence(), parts.fills());
    return new Keeping(range.request(), whole, range.at().primary(), range.found(), alone);
  }

  /** Judges by the head. Nothing is done. */
  Judgement judge(OriginResponse response, Storable part) {
    Treatment treatment = request.recipe().treatment();
    long length = part.range().length();
    if (length > treatment.largestBody(Long.MAX_VALUE) || range.incomplete().largest() == 0) {
      return new Judgement.Skipped(Reason.TOO_LARGE);
    }
    if (treatment.isTooSmall(length)) {
      return new Judgement.Skipped(Reason.TOO_SMALL);
    }
    int uses =
        treatment.admission().minUses() > 1 ? request.parts().uses().of(range.at().primary()) : 0;
    return keeping(range, whole, fill)
        .judge(new WholeOf(response, part.whole().fields()), part.whole(), uses);
  }

  /** Keeps it, once its body flows. */
  Verdict.Kept keep(OriginResponse response, Storable part, Judgement.Kept judged) {
    Keep keep = judged.keep();
    VariantIndex index = judged.index();
    if (index != null && !index.equals(range.found().index())) {
      request
          .parts()
          .layers()
          .keep(range.at().primary(), index, fill.fence(), keep.retentionMillis());
    }
    AskRest rest = ask instanceof AskRest asked ? asked : null;
    FieldList fields =
        rest == null || entry == null ? keep.fields() : Combining.fields(entry, keep.fields());
    Part sent = part.range().part();
    SharedBody body =
        new SharedBody(
            Math.max(1, range.incomplete().largest()),
            () -> context.runOnContext(_ -> response.body().pause()),
            () -> context.runOnContext(_ -> response.body().resume()));
    Part wanted = rest == null ? sent : rest.wanted();
    addStored(body, wanted.first(), sent.first());
    PartBody arriving = new PartBody(response, body, part.range().size());
    arriving.read(
        range.incomplete().largest(),
        bytes -> add(judged, fields, part, bytes),
        () -> addStored(body, sent.last() + 1, wanted.last() + 1),
        fill::over);
    return new Verdict.Kept(
        fields,
        keep.validity(),
        wanted,
        part.range().length(),
        judged.key(),
        index == null ? List.of() : index.names(),
        body);
  }

  /** What is stored of the wanted part, before or after what is fetched. */
  private void addStored(SharedBody body, long from, long to) {
    if (entry != null && from < to) {
      body.add(RangeRequest.buffer(entry.bytes(new Part(from, to - 1))));
    }
  }

  private void add(Judgement.Kept judged, FieldList fields, Storable part, byte[] bytes) {
    Optional<List<String>> tags = keeping(range, whole, fill).tags(fields);
    if (tags.isEmpty() || bytes.length == 0) {
      return;
    }
    At at = new At(range.at().primary(), judged.key(), range.at().place());
    PartialResponse kept =
        new PartialResponse(
            fields,
            part.range().length(),
            List.of(new Piece(part.range().part().first(), Bytes.of(bytes))),
            judged.keep().validity(),
            new Provenance(
                at.key().material(),
                request.recipe().generation(),
                fill.fence().logged(),
                tags.get()));
    long retention = judged.keep().retentionMillis();
    Optional<StoredResponse> made = range.incomplete().add(at, kept, fill.fence(), retention);
    made.ifPresent(
        all ->
            request.parts().layers().keep(at.primary(), at.whole(), all, fill.fence(), retention));
  }
}
