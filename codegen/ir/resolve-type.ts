import type { DefinitionNode, TypeNode } from '../text/ast.js'
import type { DiagnosticList } from '../text/diagnostic.js'
import type { SourceText } from '../text/source.js'
import { didYouMean } from '../text/suggest.js'
import { ANY_OBJECT, isPrimitive, PRIMITIVES } from './builtin.js'
import type { Scope } from './declared.js'
import type { TypeRef } from './ir.js'
import { isTypeName } from './names.js'

/** Turns written types into references, and reports those that refer to nothing. */
export class TypeResolver {
  readonly #scope: Scope
  readonly #diagnostics: DiagnosticList

  constructor(scope: Scope, diagnostics: DiagnosticList) {
    this.#scope = scope
    this.#diagnostics = diagnostics
  }

  /** Undefined when the type is in error; the error is then in the list. */
  resolve(type: TypeNode, definition: DefinitionNode, source: SourceText): TypeRef | undefined {
    const wrong = (message: string): undefined => {
      this.#diagnostics.add('wrong-type-use', source, type.span, message)
      return undefined
    }
    switch (type.kind) {
      case 'nat':
        return { kind: 'primitive', name: '#' }
      case 'query':
        if (!isVariable(definition, type.name)) return this.#unknown(type.name, type, source, variableNames(definition))
        return { kind: 'generic', name: type.name, query: true }
      case 'apply': {
        if (type.name !== 'Vector' && type.name !== 'vector') {
          return wrong(`'${type.name}' takes no argument, only Vector and vector do`)
        }
        const item = this.resolve(type.argument, definition, source)
        if (item === undefined) return undefined
        if (item.kind === 'generic') return wrong(`a vector of '${item.name}' cannot be read: a type variable stands alone`)
        if (item.kind === 'primitive' && item.name === 'true') return wrong(`a vector of 'true' holds nothing`)
        return { kind: 'vector', bare: type.bare || type.name === 'vector', item }
      }
      case 'name':
        return this.#resolveName(type, definition, source, wrong)
    }
  }

  #resolveName(
    type: TypeNode & { kind: 'name' },
    definition: DefinitionNode,
    source: SourceText,
    wrong: (message: string) => undefined,
  ): TypeRef | undefined {
    const { name, bare } = type
    if (isVariable(definition, name)) return { kind: 'generic', name, query: false }
    if (isPrimitive(name)) return { kind: 'primitive', name }
    if (name === ANY_OBJECT && !bare) return { kind: 'object' }
    if (name === 'Vector' || name === 'vector') return wrong(`'${name}' needs the type of its items: ${name}<int>`)
    if (!isTypeName(name)) {
      if (this.#scope.constructors.has(name)) return { kind: 'bare', combinator: name }
      return this.#unknown(name, type, source, this.#knownNames())
    }
    const constructors = this.#scope.types.get(name)
    if (constructors === undefined) return this.#unknown(name, type, source, this.#knownNames())
    if (!bare) return { kind: 'boxed', type: name }
    const { length } = constructors
    if (length > 1) return wrong(`'%${name}' is ambiguous, the type has ${length} constructors`)
    return { kind: 'bare', combinator: constructors[0]!.node.name.text }
  }

  #unknown(name: string, type: TypeNode, source: SourceText, candidates: Iterable<string>): undefined {
    this.#diagnostics.add('unknown-type', source, type.span, `unknown type '${name}'${didYouMean(name, candidates)}`)
    return undefined
  }

  *#knownNames(): Iterable<string> {
    yield* this.#scope.types.keys()
    yield* PRIMITIVES
    yield* this.#scope.constructors.keys()
  }
}

const isVariable = (definition: DefinitionNode, name: string): boolean =>
  definition.generics.some((variable) => variable.text === name)

const variableNames = (definition: DefinitionNode): string[] => definition.generics.map((variable) => variable.text)
