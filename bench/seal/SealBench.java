import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.EntryFormat;
import io.warmgate.httpcache.entry.EntryKey;
import io.warmgate.httpcache.entry.EntrySeal;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.purge.Position;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntSupplier;

/** CPU time of this thread, alternately with and without encryption, for entries of some sizes. */
final class SealBench {
  private static final byte[] NAME =
      ("wg:{7d1c2b1e-0000-4000-8000-000000000001}:epoch:" + "ab".repeat(32))
          .getBytes(StandardCharsets.US_ASCII);
  private static final Bytes MATERIAL =
      Bytes.of(
          "GET https shop.example.com /products/42 and what else is keyed"
              .getBytes(StandardCharsets.US_ASCII));
  private static final SecureRandom CHANCE = new SecureRandom();
  private static int sink;

  public static void main(String[] arguments) {
    byte[] key = new byte[EntryKey.LENGTH];
    CHANCE.nextBytes(key);
    EntrySeal seal = new EntrySeal(List.of(new EntryKey(key)));
    System.out.println("µs of CPU        read   open+read       write  write+seal");
    for (int size : new int[] {1 << 10, 100 << 10, 8 << 20}) {
      StoredResponse entry = entry(size);
      byte[] plain = EntryFormat.write(entry);
      byte[] sealed = seal(seal, plain);
      int times = Math.max(20, (64 << 20) / size);
      IntSupplier[] cases = {
        () -> EntryFormat.read(plain, MATERIAL).isPresent() ? 1 : 0,
        () ->
            seal.open(sealed, NAME).flatMap(p -> EntryFormat.read(p, MATERIAL)).isPresent() ? 1 : 0,
        () -> EntryFormat.write(entry).length,
        () -> seal(seal, EntryFormat.write(entry)).length
      };
      double[] best = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
      for (int round = 0; round < 7; round++) {
        for (int i = 0; i < cases.length; i++) {
          best[i] = Math.min(best[i], micros(cases[i], times));
        }
      }
      System.out.printf(
          "%7d bytes %9.2f %11.2f %11.2f %11.2f%n", size, best[0], best[1], best[2], best[3]);
    }
    if (sink == 42) {
      System.out.println();
    }
  }

  private static byte[] seal(EntrySeal seal, byte[] plain) {
    byte[] nonce = new byte[EntrySeal.NONCE_LENGTH];
    CHANCE.nextBytes(nonce);
    return seal.seal(plain, NAME, nonce);
  }

  private static double micros(IntSupplier what, int times) {
    var thread = ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      sink += what.getAsInt();
    }
    return (thread.getCurrentThreadCpuTime() - before) / 1_000.0 / times;
  }

  private static StoredResponse entry(int size) {
    byte[] body = new byte[size];
    new Random(1).nextBytes(body);
    return new StoredResponse(
        200,
        FieldList.of(
            "content-type", "application/json", "etag", "\"abc\"", "cache-control", "max-age=60"),
        Bytes.of(body),
        new Validity(1, 2, 0, 60_000, StaleWindows.NONE, Set.of()),
        new Provenance(MATERIAL, "g1", new Position(5, 1), List.of("product:42")));
  }
}
