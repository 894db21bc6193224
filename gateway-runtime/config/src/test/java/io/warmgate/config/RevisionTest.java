package io.warmgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RevisionTest {
  @Test
  void travelsWhole() {
    Revision sent = Revision.of(7, Samples.everything());
    Revision received = Revision.parse(sent.toJson());
    assertThat(received.number()).isEqualTo(7);
    assertThat(received.sameConfig(sent)).isTrue();
    assertThat(received.open()).isEqualTo(Samples.everything());
  }

  @Test
  void theSameConfigurationIsTheSameBytesUnderAnyNumber() {
    assertThat(
            Revision.of(1, Samples.everything()).sameConfig(Revision.of(2, Samples.everything())))
        .isTrue();
  }

  @Test
  void anotherFormatIsRefusedByName() {
    Revision sent = Revision.of(7, Samples.everything());
    Revision other = new Revision(sent.gateway(), 7, 99, sent.hash(), sent.config());
    assertThatThrownBy(other::open).hasMessage("format is 99, and this runtime reads 1");
  }

  @Test
  void aDamagedConfigurationIsRefusedWhateverTheDamage() {
    Revision sent = Revision.of(7, Samples.everything());
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = sent.config().clone();
      // Bytes 4 to 9 of a gzip header (time, flags, system) mean nothing to what is inside.
      int at = 10 + random.nextInt(damaged.length - 10);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Revision broken = new Revision(sent.gateway(), 7, sent.format(), sent.hash(), damaged);
      assertThatThrownBy(broken::open)
          .as("seed %d, byte %d", seed, at)
          .isInstanceOf(ConfigException.class);
    }
  }
}
