using Tollgate.Contracts;
using Tollgate.Contracts.Extract;

namespace Tollgate.Unit.Contracts;

public sealed class ContractReaderTests
{
    private const string Document = """
        servers:
          - url: https://example.org/api/pets/v1
        paths:
          /pets:
            get:
              responses:
                200:
                  description: A sentence that stays behind.
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Page'}
                '404': {$ref: '#/components/responses/Gone'}
                default: {description: Anything.}
            post:
              responses:
                201: {$ref: '#/components/responses/Made'}
          /pets/picture:
            get:
              responses:
                200: {content: {image/png: {schema: {type: string}}}}
            delete:
              responses:
                200: {description: Done.}
        components:
          responses:
            Gone: {description: Gone.}
            Made: {content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}}
          schemas:
            Unreached: {type: object, properties: {x: {type: string}}}
            Page:
              type: object
              required: [count]
              properties:
                count: {type: integer, nullable: true, readOnly: true}
                list: {type: array, items: {$ref: '#/components/schemas/Pet'}}
                links: {type: object, properties: {next: {type: string}}}
                free: {type: object}
            Pet:
              type: object
              discriminator: {propertyName: kind}
              required: [kind]
              properties:
                kind: {type: string, enum: [CAT, DOG]}
                tags: {type: object, additionalProperties: {type: boolean}}
            Cat:
              allOf:
                - {$ref: '#/components/schemas/Pet'}
                - required: [lives, kind]
                  type: object
                  properties:
                    lives: {type: integer}
        """;

    [Fact]
    public void Read_OfAContract_KeepsOperationsStatusCodesAndReachableFields()
    {
        var expected = """
            {
            "base": "/api/pets/v1",
            "operations": {
            "GET /pets": {"200":"#Page"},
            "POST /pets": {"201":"#Cat"},
            "DELETE /pets/picture": {"200":""},
            "GET /pets/picture": {"200":"*"}
            },
            "schemas": {
            "Cat": {"kind!":"=CAT|DOG","lives!":"integer","tags":"{boolean}"},
            "Page": {"count~!":"integer?","free":"object","links":"#Page.links","list":"[#Pet]"},
            "Page.links": {"next":"string"},
            "Pet": {"kind!":"=CAT|DOG","lives":"integer","tags":"{boolean}"}
            }
            }

            """;
        Assert.Equal(expected, ContractFile.Write(ContractReader.Read(new StringReader(Document))));
    }
}
