package io.warmgate.bench.rules;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.entry.EntryFormat;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.Slot;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.AcceptEncoding;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.Glob;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.purge.Purge;
import io.warmgate.httpcache.purge.PurgeTable;
import io.warmgate.httpcache.purge.Standing;
import io.warmgate.httpcache.purge.Subject;
import io.warmgate.httpcache.rule.Reuse;
import io.warmgate.httpcache.rule.Storage;
import io.warmgate.httpcache.rule.StoreDecision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The pure parts of a request that is answered from memory, and of one that is stored. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HitPath {
  private static final long NOW = 1_764_000_000_000L;

  private final RequestView request =
      new RequestView(
          "GET",
          new RequestView.Target(
              "https", "shop.example.com", "/products/42", "page=2&utm_source=mail&sort=price"),
          FieldList.of(
              "user-agent", "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/154.0",
              "accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
              "accept-language", "de,en-US;q=0.7,en;q=0.3",
              "accept-encoding", "gzip, deflate, br, zstd"),
          false);
  private final ResponseView response =
      new ResponseView(
          200,
          FieldList.of(
              "content-type", "application/json",
              "cache-control", "public, max-age=600, stale-while-revalidate=30",
              "etag", "\"33a64df551425fcc55e4d42a148795d9f25f89d4\"",
              "surrogate-key", "product:42 category:7"),
          NOW - 20,
          NOW);
  private final KeyRecipe plain = new KeyRecipe("", "g1", new QueryRule.All(), List.of());
  private final KeyRecipe choosy =
      new KeyRecipe(
          "", "g1", new QueryRule.Exclude(List.of(new Glob("utm_*"))), List.of("accept-language"));
  private final CacheKey key = plain.primary(request, null);
  private final StoredResponse entry = entry();
  private final byte[] written = EntryFormat.write(entry);
  private final PurgeTable purges = purges();
  private final Subject subject =
      new Subject(
          "shop.example.com", "/products/42", List.of("product:42", "category:7"), key, key);

  private StoredResponse entry() {
    StoreDecision.Keep keep =
        (StoreDecision.Keep) Storage.decide(request, response, CachingPolicy.DEFAULT, NOW);
    return new StoredResponse(
        200,
        keep.fields(),
        Bytes.of(new byte[1024]),
        keep.validity(),
        new Provenance(key.material(), "g1", Position.ZERO, List.of("product:42", "category:7")));
  }

  private static PurgeTable purges() {
    PurgeTable table = new PurgeTable(100_000);
    for (int i = 1; i <= 10_000; i++) {
      table.apply(
          new Purge(
              "p" + i,
              Position.local(i),
              Purge.Mode.HARD,
              NOW,
              new Purge.Tags(Set.of(), Set.of("other:" + i))));
    }
    return table;
  }

  @Benchmark
  public CacheKey keyOfTheWholeQuery() {
    return plain.primary(request, null);
  }

  @Benchmark
  public CacheKey keyWithoutSomeParametersAndWithAHeader() {
    return choosy.primary(request, null);
  }

  @Benchmark
  public Decision decisionToServe() {
    return Reuse.decide(request, entry, CachingPolicy.DEFAULT, NOW + 1_000);
  }

  @Benchmark
  public StoreDecision decisionToStore() {
    return Storage.decide(request, response, CachingPolicy.DEFAULT, NOW);
  }

  @Benchmark
  public Standing standingAmongTenThousandPurges() {
    return purges.standing(Position.local(20_000), subject);
  }

  @Benchmark
  public Optional<Slot> entryRead() {
    return EntryFormat.read(written, key.material());
  }

  @Benchmark
  public byte[] entryWritten() {
    return EntryFormat.write(entry);
  }

  @Benchmark
  public String contentCodings() {
    return AcceptEncoding.canonical(request.fields().all(AcceptEncoding.FIELD));
  }
}
