package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.get;
import static io.warmgate.httpcache.Messages.provenance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Messages;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.Piece;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.rule.PartialStorage.Storable;
import io.warmgate.httpcache.rule.RangeDecision.Answer;
import io.warmgate.httpcache.rule.RangeDecision.Ask;
import io.warmgate.httpcache.rule.RangeDecision.AskRest;
import io.warmgate.httpcache.rule.RangeDecision.AskWhether;
import io.warmgate.httpcache.rule.RangeDecision.Otherwise;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Parts are made into one only where they are of one representation. */
class CombiningTest {
  private static final long LARGEST = 40;

  private static PartialResponse part(String tag, long length, int from, String... more) {
    FieldList.Builder fields = FieldList.builder().add("etag", tag);
    FieldList.of(more).forEach(fields::add);
    return new PartialResponse(
        fields.build(),
        length,
        List.of(new Piece(from, Bytes.of(new byte[2]))),
        Messages.stored("cache-control", "max-age=60").validity(),
        provenance(Position.ZERO));
  }

  @Test
  void oneStrongTagAndOneLength() {
    PartialResponse stored = part("\"a\"", 10, 0);
    assertThat(Combining.isSame(stored, FieldList.of("etag", "\"a\""), 10)).isTrue();
    assertThat(Combining.isSame(stored, FieldList.of("etag", "\"b\""), 10)).isFalse();
    assertThat(Combining.isSame(stored, FieldList.of("etag", "W/\"a\""), 10)).isFalse();
    assertThat(Combining.isSame(stored, FieldList.of("x", "y"), 10)).isFalse();
    assertThat(Combining.isSame(stored, FieldList.of("etag", "\"a\"", "etag", "\"b\""), 10))
        .isFalse();
    assertThat(Combining.isSame(stored, FieldList.of("etag", "\"a\""), 11)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Combining.combine(stored, part("\"b\"", 10, 2), LARGEST));
  }

  @Test
  void theNewerFieldsReplace() {
    PartialResponse stored =
        part("\"a\"", 10, 0, "content-type", "text/plain", "x-a", "1", "x-a", "2");
    PartialResponse newer = part("\"a\"", 10, 2, "x-a", "3", "content-range", "bytes 2-3/10");
    PartialResponse both = Combining.combine(stored, newer, LARGEST);
    assertThat(both.fields())
        .isEqualTo(FieldList.of("content-type", "text/plain", "etag", "\"a\"", "x-a", "3"));
    assertThat(both.holds(new Part(0, 3))).isTrue();
    assertThat(both.validity()).isEqualTo(newer.validity());
  }

  /**
   * An origin whose representation changes, of other bytes and another tag each time, asked as the
   * decisions say by clients with random ranges and conditions: whatever is served is of one
   * representation, the one that its tag names, and is where it says it is.
   */
  @Test
  void whatIsServedIsOfOneRepresentation() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int[] seen = new int[4];
    for (int run = 0; run < 400; run++) {
      World world = new World(random, "seed " + seed + " run " + run);
      for (int step = 0; step < 60; step++) {
        world.step(seen);
      }
    }
    assertThat(seen).as("seed %d: served, rest, validated, whole", seed).doesNotContain(0);
  }

  /** One origin, one entry, and the time. */
  private static final class World {
    private final Random random;
    private final String name;
    private long now = NOW;
    private int version;
    private @Nullable PartialResponse entry;

    World(Random random, String name) {
      this.random = random;
      this.name = name;
    }

    /** The bytes of a version differ from another's at every place, and so may its length. */
    private static byte[] content(int version) {
      byte[] bytes = new byte[20 + version % 3 * 10];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (version * 31 + i);
      }
      return bytes;
    }

    private static String tag(int version) {
      return "\"v" + version + "\"";
    }

    void step(int[] seen) {
      now += random.nextInt(20_000);
      if (random.nextInt(10) == 0) {
        version++;
      }
      RequestView request = request();
      RangeDecision decision =
          RangeReuse.decide(request, entry, Reason.NOTHING_FOUND, CachingPolicy.DEFAULT, now);
      switch (decision) {
        case Answer answer -> {
          served(entry, answer.serve().form());
          seen[0]++;
        }
        case Ask ask -> asked(request, ask, seen);
        case Otherwise _ -> {}
      }
    }

    private RequestView request() {
      int first = random.nextInt(45);
      String range =
          switch (random.nextInt(4)) {
            case 0 -> first + "-";
            case 1 -> "-" + (first + 1);
            default -> first + "-" + (first + random.nextInt(12));
          };
      String other = tag(Math.max(0, version - random.nextInt(2)));
      return switch (random.nextInt(5)) {
        case 0 -> get("range", "bytes=" + range, "if-range", other);
        case 1 -> get("range", "bytes=" + range, "if-none-match", other);
        default -> get("range", "bytes=" + range);
      };
    }

    /** The origin's side, and what a cache does with its answer. */
    private void asked(RequestView request, Ask ask, int[] seen) {
      byte[] all = content(version);
      FieldList sent = ask.fields();
      if (tag(version).equals(sent.first("if-none-match"))) {
        assertThat(ask).isInstanceOf(AskWhether.class);
        PartialResponse stored = java.util.Objects.requireNonNull(entry);
        Validation.Outcome outcome =
            Validation.apply(
                get(),
                stored.head(),
                new ResponseView(304, FieldList.of("etag", tag(version)), now, now),
                Position.ZERO,
                CachingPolicy.DEFAULT);
        StoredResponse head = ((Validation.Refreshed) outcome).entry();
        entry = stored.with(head);
        served(entry, RangeReuse.afterValidation(request, entry, now).form());
        seen[2]++;
        return;
      }
      FieldList mine = FieldList.of("etag", tag(version));
      if (!(ByteRanges.form(sent, mine, all.length, now) instanceof Part part)) {
        // 416, or the whole, since it has changed.
        entry = ask instanceof AskRest ? null : entry;
        return;
      }
      ResponseView response =
          new ResponseView(
              206,
              FieldList.of(
                  "cache-control",
                  "max-age=30",
                  "etag",
                  tag(version),
                  "content-range",
                  "bytes " + part.first() + "-" + part.last() + "/" + all.length),
              now,
              now);
      Storable storable = (Storable) PartialStorage.judge(response);
      StoreDecision.Keep keep =
          (StoreDecision.Keep)
              Storage.decide(request, storable.whole(), CachingPolicy.DEFAULT, now);
      byte[] bytes = Arrays.copyOfRange(all, (int) part.first(), (int) part.last() + 1);
      PartialResponse kept =
          new PartialResponse(
              keep.fields(),
              all.length,
              List.of(new Piece(part.first(), Bytes.of(bytes))),
              keep.validity(),
              provenance(Position.ZERO));
      PartialResponse before = entry;
      if (before != null && Combining.isSame(before, keep.fields(), all.length)) {
        entry = Combining.combine(before, kept, LARGEST);
        if (ask instanceof AskRest rest && entry.holds(rest.wanted())) {
          served(entry, rest.wanted());
          seen[1]++;
        }
      } else {
        assertThat(ask).as(name).isNotInstanceOf(AskRest.class);
        entry = kept;
      }
      if (entry.isComplete()) {
        StoredResponse whole = entry.whole(Messages.MATERIAL);
        assertThat(whole.whole().array()).as(name).isEqualTo(all);
        assertThat(whole.fields().first("etag")).isEqualTo(tag(version));
        entry = null;
        seen[3]++;
      }
    }

    private void served(@Nullable PartialResponse from, io.warmgate.httpcache.Decision.Form form) {
      if (from == null || !(form instanceof Part part)) {
        return;
      }
      String tag = String.valueOf(from.fields().first("etag"));
      byte[] all = content(Integer.parseInt(tag.substring(2, tag.length() - 1)));
      ByteBuffer served = ByteBuffer.allocate((int) (part.last() + 1 - part.first()));
      from.bytes(part).forEach(served::put);
      assertThat(served.array())
          .as("%s: %s of %s", name, part, tag)
          .isEqualTo(Arrays.copyOfRange(all, (int) part.first(), (int) part.last() + 1));
      assertThat(from.length()).as(name).isEqualTo(all.length);
    }
  }
}
