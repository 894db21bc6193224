package io.warmgate.server.revision;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Revision;
import io.warmgate.server.TestConfigs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionStoreTest {
  @TempDir private Path root;

  @Test
  void readsInOrderAndLeavesOutWhatIsNone() throws Exception {
    Path current = Files.createDirectory(root.resolve("current"));
    Path acknowledged = Files.createDirectory(root.resolve("acknowledged"));
    RevisionStore store = new RevisionStore(current, acknowledged);
    assertThat(store.read()).isEmpty();

    Files.writeString(current.resolve(Revision.FILE), "{\"number\": 3");
    Files.write(acknowledged.resolve(Revision.FILE), revision(2).toJson());
    assertThat(store.read()).extracting(Revision::number).containsExactly(2L);

    Files.write(current.resolve(Revision.FILE), revision(3).toJson());
    assertThat(store.read()).extracting(Revision::number).containsExactly(3L, 2L);
  }

  private static Revision revision(long number) {
    return Revision.of(number, TestConfigs.proxy(8080, 1, "g1"));
  }
}
