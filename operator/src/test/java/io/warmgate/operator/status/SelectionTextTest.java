package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.CacheInvalidationSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select: {tags: [a, b]}                                       | hard purge of 2 tags (a, b)
          select: {tags: [a]} ; mode: Soft                            | soft purge of 1 tag (a)
          select: {paths: [/a], hosts: [shop.example.com]}             | hard purge of 1 path (/a) of 1 host (shop.example.com)
          select: {prefix: /p} ; dryRun: true                          | dry run of a hard purge of all below /p
          select: {all: true}                                          | hard purge of everything
          select: {hosts: [shop.example.com]}                          | hard purge of everything of 1 host (shop.example.com)
          select: {tags: [a, b, c, d, e, f, g]}                        | hard purge of 7 tags (a, b, c, d, e and 2 more)
          """)
  void names(String spec, String text) {
    assertThat(
            SelectionText.of(
                Serialization.unmarshal(spec.replace(" ; ", "\n"), CacheInvalidationSpec.class)))
        .isEqualTo(text);
  }
}
