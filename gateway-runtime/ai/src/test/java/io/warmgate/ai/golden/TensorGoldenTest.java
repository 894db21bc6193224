package io.warmgate.ai.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.inference.Picture;
import io.warmgate.ai.inference.TensorAction;
import io.warmgate.ai.inference.TensorQuestion;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code tensors/<action>/<case>}: every {@code *.json}, and every picture that comes as it is,
 * asks the same, which is {@code out.txt}; no two folders ask the same. What the server is sent is
 * {@code <file>.sent}, where it is not what came.
 */
class TensorGoldenTest {
  static List<Case> tensors() {
    return Case.of("tensors", 2);
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void isOneQuestion(Case folder) {
    Set<String> keys = new HashSet<>();
    for (String file : asking(folder)) {
      byte[] came = came(folder, file);
      TensorQuestion question = TensorQuestion.read(action(folder), came);
      keys.add(question.key("m", null).hex());
      folder.comesOut("out.txt", question.canonical() + "\n");
      if (!Arrays.equals(question.body(), came)) {
        folder.comesOut(file + ".sent", new String(question.body(), UTF_8));
        assertThat(TensorQuestion.read(action(folder), question.body()).canonical())
            .isEqualTo(question.canonical());
      }
    }
    assertThat(keys).hasSize(1);
    folder.nothingElse();
  }

  @Test
  void foldersAskDifferentQuestions() {
    assertThat(
            tensors().stream()
                .map(folder -> question(folder, asking(folder).getFirst()).key("m", null).hex()))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(20);
  }

  private static List<String> asking(Case folder) {
    return folder.files().stream()
        .filter(file -> !file.equals("out.txt") && !file.endsWith(".sent"))
        .toList();
  }

  private static TensorAction action(Case folder) {
    return switch (folder.pair()) {
      case "infer" -> TensorAction.INFER;
      case "predict" -> TensorAction.PREDICT;
      case "classify" -> TensorAction.CLASSIFY;
      default -> throw new AssertionError(folder.pair());
    };
  }

  private static TensorQuestion question(Case folder, String file) {
    return TensorQuestion.read(action(folder), came(folder, file));
  }

  private static byte[] came(Case folder, String file) {
    byte[] read = folder.read(file);
    if (file.endsWith(".json")) {
      return read;
    }
    boolean unnamed = folder.name().contains("unnamed");
    return new Picture(unnamed ? null : "image").request(action(folder), read);
  }
}
