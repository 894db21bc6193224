package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What lies under a primary key whose responses vary: the names of all request fields that any of
 * its responses named in {@code Vary}. The key of a variant is the primary key's material and those
 * fields' values, so a lookup is two reads however many variants there are (RFC 9111 §4.1).
 *
 * <p>Names only grow while the index lives, so a variant never is shared more widely than its
 * response allows; when they grow, variants stored under fewer names are out of reach and expire.
 * Both are bounded, since a client chooses the values: beyond that a response is not stored ({@code
 * VARY_LIMIT}).
 *
 * @param names lower-case, sorted
 * @param variants the first 64 bits of the stored variants' keys
 */
public record VariantIndex(Bytes keyMaterial, List<String> names, List<Long> variants)
    implements Slot {
  /** How many fields may select. */
  public static final int MAX_NAMES = 16;

  /** How many variants of one key are stored. */
  public static final int MAX_VARIANTS = 64;

  public VariantIndex {
    names = List.copyOf(names);
    variants = List.copyOf(variants);
    if (names.size() > MAX_NAMES || variants.size() > MAX_VARIANTS) {
      throw new IllegalArgumentException(
          names.size() + " names, " + variants.size() + " variants are too many");
    }
  }

  /** Of a key without variants so far. */
  public static VariantIndex empty(Bytes keyMaterial) {
    return new VariantIndex(keyMaterial, List.of(), List.of());
  }

  /** This index with more names; itself where it has them; empty where they are too many. */
  public Optional<VariantIndex> withNames(List<String> more) {
    if (names.containsAll(more)) {
      return Optional.of(this);
    }
    TreeSet<String> union = new TreeSet<>(names);
    union.addAll(more);
    return union.size() > MAX_NAMES
        ? Optional.empty()
        : Optional.of(new VariantIndex(keyMaterial, List.copyOf(union), List.of()));
  }

  /** This index with one more variant; itself where it has it; empty where it is full. */
  public Optional<VariantIndex> withVariant(long id) {
    if (variants.contains(id)) {
      return Optional.of(this);
    }
    if (variants.size() == MAX_VARIANTS) {
      return Optional.empty();
    }
    List<Long> more = new ArrayList<>(variants);
    more.add(id);
    return Optional.of(new VariantIndex(keyMaterial, names, more));
  }
}
