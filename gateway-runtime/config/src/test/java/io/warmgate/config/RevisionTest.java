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

  /** Some bits of gzip mean nothing, such as those that fill up its last byte. */
  @Test
  void aDamagedConfigurationIsRefusedOrIsStillTheSame() {
    Revision sent = Revision.of(7, Samples.everything());
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = sent.config().clone();
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(new Revision(sent.gateway(), 7, sent.format(), sent.hash(), damaged).open())
            .as("seed %d, byte %d", seed, at)
            .isEqualTo(Samples.everything());
      } catch (ConfigException e) {
        refused++;
      }
    }
    assertThat(refused).as("seed %d", seed).isGreaterThan(250);
  }
}
