package io.warmgate.httpcache.key;

import static io.warmgate.httpcache.Messages.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheKeyTest {
  private static CacheKey key(int... material) {
    byte[] bytes = new byte[material.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) material[i];
    }
    return new CacheKey(Bytes.of(bytes));
  }

  @Test
  void theIdIsWhereTheDigestBegins() {
    CacheKey key = key('a', 'b', 'c');
    assertThat(key.hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .isEqualTo(key.toString());
    assertThat(key.id()).isEqualTo(0xba7816bf8f01cfeaL);
  }

  @Test
  void keysAreOrderedByTheirMaterial() {
    assertThat(key(1, 2)).isLessThan(key(1, 3)).isLessThan(key(1, 2, 0)).isGreaterThan(key(1));
    assertThat(key(1, 2)).isEqualByComparingTo(key(1, 2));
  }

  @Test
  void differentMaterialIsAnotherKey() {
    assertThat(key(1, 2)).isEqualTo(key(1, 2)).hasSameHashCodeAs(key(1, 2));
    assertThat(key(1, 2)).isNotEqualTo(key(2, 1)).doesNotHaveSameHashCodeAs(key(2, 1));
    assertThat(key(1, 2).equals(null)).isFalse();
  }

  @Test
  void anIncompleteEntryHasAKeyOfItsOwn() {
    CacheKey key = new KeyRecipe("", "g", new QueryRule.All(), List.of()).primary(get(), null);
    CacheKey variant = key.variant(List.of("x-a"), get("x-a", "1").fields());
    assertThat(key.ofParts()).isNotEqualTo(key).isNotEqualTo(variant);
    assertThat(key.ofParts()).isNotEqualTo(variant.ofParts());
    assertThat(key.ofParts().ofWhole()).isEqualTo(key);
    assertThat(variant.ofParts().ofWhole()).isEqualTo(variant);
    assertThat(variant.ofParts().target()).isEqualTo(key.target());
  }
}
