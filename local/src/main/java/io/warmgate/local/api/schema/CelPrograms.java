package io.warmgate.local.api.schema;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compiled CEL expressions over {@code self} and {@code oldSelf}, each compiled once. */
final class CelPrograms {
  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();
  private static final Cel CEL =
      CelFactory.legacyCelBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .addCompilerLibraries(
              CelExtensions.strings(), CelExtensions.optional(), CelExtensions.sets(OPTIONS))
          .addRuntimeLibraries(
              CelExtensions.strings(), CelExtensions.optional(), CelExtensions.sets(OPTIONS))
          .addFunctionDeclarations(KubernetesFunctions.declarations())
          .addFunctionBindings(KubernetesFunctions.bindings())
          .build();
  private static final Map<String, CelRuntime.Program> COMPILED = new ConcurrentHashMap<>();

  private CelPrograms() {}

  /**
   * Compiles, so that later evaluation need not.
   *
   * @throws CelValidationException if the text is not CEL
   */
  static CelRuntime.Program compile(String expression)
      throws CelValidationException, CelEvaluationException {
    CelRuntime.Program known = COMPILED.get(expression);
    if (known == null) {
      known = CEL.createProgram(CEL.compile(expression).getAst());
      COMPILED.put(expression, known);
    }
    return known;
  }

  static Object evaluate(String expression, Map<String, Object> variables)
      throws CelValidationException, CelEvaluationException {
    return compile(expression).eval(variables);
  }
}
