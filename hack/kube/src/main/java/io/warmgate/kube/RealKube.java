package io.warmgate.kube;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test against a real API server: methods and constructors may take a {@link KubeApiServer} or an
 * administrator's {@code KubernetesClient}. The server is shared by all tests of the JVM that ask
 * for the same controllers, so a test works in a namespace of its own. Where no server can be had
 * the test fails; it is never skipped.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(KubeApiServerExtension.class)
public @interface RealKube {
  /** The controllers to run, by the names of kube-controller-manager. */
  String[] controllers() default {};
}
