package io.warmgate.httpcache.key;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.RequestView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a slot is: the key's material, and its SHA-256 for a store outside the process.
 *
 * <p>A store in memory compares the material itself, so that a hit there costs no digest and cannot
 * collide; {@link #compareTo} keeps its hash table fast where a client chose colliding hash codes.
 * Outside, the digest is the name, and {@link io.warmgate.httpcache.entry.EntryFormat#read}
 * compares the material.
 */
public final class CacheKey implements Comparable<CacheKey> {
  private final Bytes material;
  private final int hash;

  /** Computed when first asked for; computing it twice is harmless. */
  private volatile byte @Nullable [] digest;

  CacheKey(Bytes material) {
    this.material = material;
    this.hash = material.hashCode();
  }

  public Bytes material() {
    return material;
  }

  /**
   * The key of the variant that a request selects: this key's material and the named fields in
   * their normal form (RFC 9111 §4.1).
   *
   * @param names as the primary slot's index has them: lower-case, sorted
   */
  public CacheKey variant(List<String> names, Fields request) {
    if (names.isEmpty()) {
      return this;
    }
    KeyBuffer buffer = KeyBuffer.ofThread();
    buffer.raw(material.array()).number(names.size());
    for (String name : names) {
      buffer.text(name).field(name, request);
    }
    return new CacheKey(buffer.toBytes());
  }

  /**
   * The key of a request whose content tells what is asked: this key's material, the method, the
   * fields by which content is read, and the content's SHA-256.
   *
   * @param names lower-case
   */
  public CacheKey ofContent(String method, List<String> names, Fields request, Bytes content) {
    CacheKey digested = new CacheKey(content);
    KeyBuffer buffer = KeyBuffer.ofThread();
    // No number of selecting fields: no variant's key is one of these.
    buffer.raw(material.array()).absent().text(method).number(names.size());
    for (String name : names) {
      buffer.text(name).field(name, request);
    }
    buffer.text(digested.hex());
    return new CacheKey(buffer.toBytes());
  }

  /**
   * The key of a question that no URL tells: this key's material and the question's own, whole.
   *
   * @param question in a canonical form
   */
  public CacheKey ofQuestion(Bytes question) {
    byte[] bytes = question.array();
    // As if it were of content, but with no name of a method: no other key's.
    return new CacheKey(
        KeyBuffer.ofThread()
            .raw(material.array())
            .absent()
            .text("?")
            .number(bytes.length)
            .raw(bytes)
            .toBytes());
  }

  /** The key of an incomplete entry of what lies under this one. */
  public CacheKey ofParts() {
    // Neither a number of selecting fields nor a method: no other key's.
    return new CacheKey(KeyBuffer.ofThread().raw(material.array()).absent().absent().toBytes());
  }

  /** The key that {@link #ofParts} was called on. */
  public CacheKey ofWhole() {
    byte[] parts = material.array();
    return new CacheKey(Bytes.of(Arrays.copyOf(parts, parts.length - 2 * Integer.BYTES)));
  }

  /**
   * What was asked for, without its query, which is kept only as far as it is keyed.
   *
   * @throws IllegalArgumentException where the material is not a {@link KeyRecipe}'s
   */
  public RequestView.Target target() {
    return KeyTarget.of(material);
  }

  /**
   * Whose answers are kept under it, as {@link KeyRecipe} was told; null: everybody's.
   *
   * @throws IllegalArgumentException where the material is not a {@link KeyRecipe}'s
   */
  public @Nullable String partition() {
    return KeyTarget.partition(material);
  }

  /**
   * Whether there is a {@link #partition}, without making its text.
   *
   * @throws IllegalArgumentException where the material is not a {@link KeyRecipe}'s
   */
  public boolean isPartitioned() {
    return KeyTarget.isPartitioned(material);
  }

  /** SHA-256 of the material in hexadecimal: a store's key. */
  public String hex() {
    return HexFormat.of().formatHex(digest());
  }

  /** The first 64 bits of the digest. */
  public long id() {
    byte[] bytes = digest();
    long id = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      id = (id << 8) | (bytes[i] & 0xff);
    }
    return id;
  }

  private byte[] digest() {
    byte[] known = digest;
    if (known == null) {
      try {
        known = MessageDigest.getInstance("SHA-256").digest(material.array());
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java has SHA-256", e);
      }
      digest = known;
    }
    return known;
  }

  @Override
  public int compareTo(CacheKey other) {
    return Arrays.compare(material.array(), other.material.array());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof CacheKey that && hash == that.hash && material.equals(that.material));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return hex();
  }
}
