package io.warmgate.httpcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.Bytes;
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
}
