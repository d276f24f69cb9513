import { entryOf, insertWord, newTrie, type Trie } from './trie.js';

/**
 * Given names, English and French first, each followed by its nicknames. Our own list: existing ones have no licence,
 * or no French. A name may be the short form of several, and have short forms itself.
 */
const families = `
  abdullah abdul; abigail abby gail; abraham abe bram; adam addy; adelaide addie della; adele addie; adrian ade;
  agathe aggie; agnes aggie nessa; aime mimi; alain al; alan al; alastair al ali; albert al bert bertie albie;
  alberto beto al; alejandra alex ale; alejandro alex ale; aleksandr sasha alex; alessandro ale sandro;
  alexander alex al sandy xander lex sasha alec; alexandra alex sandra lexi sasha alexa sandy; alexandre alex sacha;
  alexis alex lexi; alfonso fonso al; alfred alf fred alfie; alfredo fredo al; alice ali allie; alison ali allie;
  allan al; alphonse al fonse; alyssa aly lyssa; amanda mandy mandi; amelia amy mia millie; amelie amy;
  anastasia stacy ana stasia; anatole tole; andre dede; andrea andi drea; andreas andy; andrew andy drew;
  angela angie ange; angelina angie lina; angelique angie; ann annie nan anna nancy;
  annabelle anna belle annie bella; anne annie nan anna; annemarie annie; annick annie; anthony tony ant;
  antoine tony toine; antoinette toni nettie; antonia toni; antonio tony toni; archibald archie; armand mand;
  arnold arnie; arthur art artie; augustine gus august; augustus gus; aurelie lili; aurelien aurel; baptiste bat;
  barbara barb barbie babs; bartholomew bart; beatrice bea trixie bee; beatriz bea; belinda bel linda; benedict ben;
  benedicte bene; benjamin ben benny benji; benoit ben; berenice bere; bernadette bernie detta; bernard bernie bern;
  bertram bert; bertrand bert; bethany beth; blanche blanchette; bonita bonnie; bradley brad; brandon bran;
  brenda bren; bridget bridie biddy; brigitte brig gitte; bruno nono; calvin cal; cameron cam; camille cam mimi;
  candace candy; carl chuck; carlos charlie; carmen carm; carolina caro lina; caroline carol carrie caro lina;
  carolyn carol lyn carrie; cassandra cass cassie sandra; catherine cathy kate katie cat cate kathy kitty cath;
  cecile cece; cecilia cece celia cissy; celestine tine; chandra chan; charles charlie chuck chas chaz charly;
  charlotte charlie lottie char chacha; chelsea chels; chester chet; chiara kiki; christian chris christy;
  christina chris tina christy chrissy; christine chris tina christy chrissy cricri; christophe chris tof;
  christopher chris kit topher; claire clairette; clarence clare; claude cloclo; claudia claudie; claudine didine;
  clement clem; clementine clem; clifford cliff; clifton cliff; clinton clint; clotilde clo; colette coco;
  constance connie; cordelia delia; corinne coco; cornelius neil corny; curtis curt; cynthia cindy; damien dam;
  daniel dan danny; daniela dani; danielle dani elle danny; darren daz; dashiell dash; david dave davey davy;
  dean deano; deborah deb debbie debby; delores dee lola; delphine del; denise denny; dennis den denny; derek del;
  desmond des; diana di; diane di; didier didi; dmitri dima; domenico mimmo; domingo mingo; dominic dom nick;
  dominique dom domi; donald don donnie donny; donna don; dorothy dot dottie dolly dora; douglas doug; duncan dunc;
  edgar ed eddie; edith edie; edmund ed eddie ned ted; edouard ed doudou; eduardo edu lalo;
  edward ed eddie ted teddy ned; edwin ed eddie; ekaterina katya kate; elaine lainey;
  eleanor ellie nora nell elle lenny; elena lena; elisabeth liz lisa babette beth lili;
  elizabeth liz lizzie beth betty betsy eliza lisa libby bess ellie lizzy; ella ellie; ellen ellie nell; eloise elo;
  emile milou; emilie milie em; emily em emmy millie; emma em; emmanuel manu manny; emmanuelle manu emma;
  enrique kike quique; eric rick ricky; ernest ernie; estelle stella; esther essie; etienne tienno steve;
  eugene gene; eugenie genie; eustace stacy; evelyn eve evie; ezekiel zeke; fabien fab; fabienne fab; fabrice fab;
  fatima fati; felicia fel; felix fe; ferdinand ferdie fred; fernand nanand; fernando nando;
  florence flo florrie flora; frances fran frannie francie; francesca fran frankie; francine cine;
  francis frank fran; francisco paco frank cisco pancho; francois frank fanfan; francoise fran fanchon;
  franklin frank; frederic fred; frederick fred freddie rick freddy; gabriel gabe gaby; gabrielle gaby gabby elle;
  gaetan gaet; gaspard gasp; genevieve gen eve gigi ginette; geoffrey geoff jeff; george georgie; georges jo;
  georgina georgie gina; gerald gerry jerry; gerard gerry jerry; gerardo gera; gertrude gert trudy; gilbert gil bert;
  gillian gill jill; giovanni gianni; gisele gigi; giuseppe beppe peppe; gordon gord gordie; grace gracie;
  graham gray; gregory greg; guadalupe lupe; guillaume gui will guigui; guillermo memo; gustave gus; gwenaelle gwen;
  gwendolyn gwen wendy; hannah anna; harold hal harry; harriet hattie; harrison harry; heather heath; hector hec;
  helen nell ellie; helena lena nell; helene leni; hendrik henk rik; henry hank harry hal; herbert herb bert;
  hillary hil; hippolyte hippo; howard howie; hubert hugh bert; hugo hugh; ian iain; ibrahim ibra; ignacio nacho;
  ingrid inga; irene rene; isaac ike zac; isabel izzy bella belle isa; isabella izzy bella isa;
  isabelle izzy belle isa bella; isidore izzy; ismael isma; ivan vanya; jacinthe jass; jacob jake jay;
  jacqueline jackie jacqui; jacques jack jacky; jaime jimmy; james jim jimmy jamie jem; jane janie jenny; janet jan;
  janice jan; jasmine jas jaz; jason jay jase; javier javi; jean jeannot; jeanbaptiste jb; jeanclaude jc;
  jeanfrancois jef; jeanluc jl; jeanmarc jm; jeanmichel jim jm; jeanne jeannie; jeanpaul jp; jeanphilippe jp jiphi;
  jeanpierre jp; jeffrey jeff; jenna jen; jennifer jen jenny jenn; jeremiah jerry jem; jeremy jem jerry;
  jerome jerry; jessica jess jessie; jessie jess; jesus chuy; jill jilly; joan joanie; joanna jo anna; joanne jo;
  joaquin quino; joel joe; johannes hans jan; john johnny jack jon; jonathan jon jonny nathan; jordan jordy;
  jorge coque; jose pepe joe; josee jo; joseph joe joey jos; josephine jo josie fifi; joshua josh; joyce joy;
  juan juanito; judith judy jude; julia julie jules; julian jules; julie juju jules; julien jules ju;
  juliette jules juju; justin just; kamal kam; karen kaz; karim kim; katarzyna kasia;
  katherine kate katie kathy kat kath kay kitty; kathleen kathy kate katie kath; kathryn kathy kate katie kath;
  katrina kat trina; kelly kel; kenneth ken kenny; kevin kev; kimberly kim kimmy; krishna kris; kristen kris kristy;
  kristin kris; kristina kris tina; krzysztof krzys kris; lauren laurie; laurence larry laurie lolo; laurent lolo;
  lawrence larry laurie; leonard len lenny leo; leonardo leo; leopold leo; leslie les; lewis lew lou;
  lillian lil lilly lily; linda lindy lin; lindsay linds; lisa lis; lorraine lori rainey; louis lou louie;
  louise lou lulu; lucas luke; lucia lucy; lucie lulu; lucille lucy lou; lucinda lucy cindy; ludovic ludo; luis lou;
  lydia lyddie; lynette lyn; mackenzie mac kenzie; madeleine maddie mado; madeline maddie; magali mag;
  magdalena maggie lena magda; malcolm mal; malgorzata gosia; manuel manny manolo; marcel marcelo cello;
  marcus marc mark; margaret maggie meg peggy marge margie peg greta daisy rita madge margo; margot margaret;
  marguerite margot maggie rita; maria mary ria mia; marianne mari; marie mimi; marieclaude mc; marieeve mev;
  mariehelene mh; marilyn mary lyn; marion mari; marjorie marge margie; mark marc; martha marty mattie; martin marty;
  martine titine; mary molly polly mae; maryse mary; mathias matt; mathieu mat matt; mathilde mat tilda;
  matilda tilly mattie; matthew matt matty; maureen mo; maurice maury momo; maxime max; maximilian max; maxwell max;
  megan meg; melanie mel; melissa mel missy lissa; melvin mel; mercedes mercy; meredith merry;
  michael mike mick micky mickey mikey; michel mich mike; michele shelly; micheline miche;
  michelle shelly chelle mich mitch; miguel mike; mikhail misha; mildred millie; miranda mandy randy; mireille mimi;
  miriam mimi; mitchell mitch; mohamed mo momo; mohammed mo; monica mon; monique momo nini; morris mo; muhammad mo;
  mustafa mus; nadine nana; nancy nan; natalia talia nat; natalie nat nattie; natasha tasha nat; nathalie nat;
  nathan nat nate; nathaniel nat nate; nicholas nick nicky nico; nicolas nico nick; nicole nicky nic nikki;
  nikolai kolya nick; noel noelie; norman norm; octave tavio; octavia tavy; odette dette; oliver ollie oli;
  olivia liv livvy ollie; olivier oli ollie; ophelie ophe; orlando lando; oscar ozzy; oswald ozzie; pablo paul;
  pamela pam pammy; pascal pasco; patricia pat patty trish tricia patsy; patrick pat paddy patty rick; paul paulie;
  paula paulie; paulette paula; pauline paula popo; penelope penny nell; percival percy; peter pete; philip phil pip;
  philippe phil; phillip phil pip; philomena mena; phyllis phyl; pierre pierrot; priscilla prissy cilla;
  prudence pru; quentin quent; rachel rach; rafael rafa rafe raf; ralph ralphie; ramon ray; randall randy;
  randolph randy; raphael raph rafa; raymond ray; rebecca becky becca beck; regina gina reggie; reginald reg reggie;
  rene nene; rhonda ron; ricardo rick ricky; richard rick dick rich richie ricky dickie;
  robert bob bobby rob robbie bert robby; roberta bobbie robbie berta; roberto beto rob; roderick rod rick;
  rodney rod; rodolphe rodo; rodrigo rigo; roger rog; roland rollie; romain ro; ronald ron ronnie ronny; rosa rosie;
  rosalie rosie; rosalind roz; rose rosie; rosemary rosie rose; roxane rox; roxanne roxy; rudolph rudy;
  russell russ rusty; ruth ruthie; sabrina brina; salvatore sal; samantha sam sammy; samuel sam sammy; sandra sandy;
  sarah sally sadie; saskia sass; sebastian seb bas; sebastien seb bas; serge sergio; severine sev; shannon shan;
  sharon shari; sheila shel; shirley shirl; sidney sid; sigmund sig; simeon sim; simon si; simone sim; solange sol;
  solomon sol; sophia sophie; sophie so; spencer spence; stanley stan; stefan stef; stefanie stef; stephane steph;
  stephanie steph stephie; stephen steve stevie steph; steven steve stevie; stewart stu; stuart stu;
  susan sue susie suzy suzie; susanna sue; suzanne sue suzy; svetlana sveta; sydney syd; sylvain syl;
  sylvester sly vester; sylvia syl; sylvie syl; tabitha tabby; tamara tammy tam; tammy tam; tatiana tania tati;
  terence terry; teresa terry tess tessa; terrance terry; thaddeus tad; theodore ted theo teddy;
  theresa terry tess tessa tracy; thibault tibo; thierry titi; thomas tom tommy; thomasina tommie; timothy tim timmy;
  tobias toby; tracy trace; travis trav; trevor trev; tristan tris; ulysses lyss; ursula uschi; valentin val;
  valentina val; valerie val; vanessa nessa van; vernon vern; veronica ronnie vera roni; veronique vero;
  victor vic vick; victoria vicky tori vic vickie; vincent vince vinny vin; vincente vicente; viola vi; violet vi;
  virginia ginny ginger; virginie gigi; vivian viv; vladimir vlad volodya; walter walt wally; wendy wen; wesley wes;
  wilfred wilf fred; wilfried will; wilhelmina mina billie; william bill will billy liam willy; winifred winnie fred;
  winston win; xavier xav; yann yannick; yasmine yas; yevgeny zhenya; yolanda yoli; youssef joe; yves yvon;
  yvonne vonnie; zachariah zach zack; zachary zach zack zac; zoe zo
`;

/** Every name of the list, for finding one with a wrong letter; its entry is the index in `relatives`. */
export const nicknames: Trie = newTrie();

const names: string[] = [];
const related: string[][] = [];

for (const family of families.trim().split(/;\s*/)) {
  const [name = '', ...short] = family.split(/\s+/);
  for (const other of short) {
    relateNames(name, other);
    relateNames(other, name);
  }
}

/** Return the names related to `name`: its nicknames, and the names of which it is a nickname. */
export const relativesOf = (name: string): readonly string[] => relativesAt(entryOf(nicknames, name));

/** The same by the entry in `nicknames`. */
export const relativesAt = (entry: number): readonly string[] => related[entry] ?? [];

function relateNames(name: string, other: string): void {
  const entry = insertWord(nicknames, name, names.length);
  if (entry === names.length) names.push(name);
  const known = related[entry];
  if (!known) related[entry] = [other];
  else if (!known.includes(other)) known.push(other);
}
